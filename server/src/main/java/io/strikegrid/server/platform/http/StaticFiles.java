package io.strikegrid.server.platform.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Files that are part of the program, each read and packed once, when it is first asked for. Safe
 * for use by any number of threads.
 */
public final class StaticFiles {

  private final Map<String, StaticFile> files = new ConcurrentHashMap<>();

  /**
   * A file that the program may have.
   *
   * @param path absolute, on the class path; whoever takes it from a request has checked it
   * @param mediaType with its charset, where it is text
   */
  public Optional<StaticFile> find(String path, String mediaType) {
    return Optional.ofNullable(
        files.computeIfAbsent(
            path, key -> read(key).map(content -> StaticFile.of(mediaType, content)).orElse(null)));
  }

  /** A file that the program must have. */
  public StaticFile get(String path, String mediaType) {
    return find(path, mediaType).orElseThrow(() -> missing(path));
  }

  /** The content of a file that the program must have. */
  public static byte[] content(String path) {
    return read(path).orElseThrow(() -> missing(path));
  }

  private static IllegalStateException missing(String path) {
    return new IllegalStateException("the program must contain " + path + "; it does not");
  }

  private static Optional<byte[]> read(String path) {
    try (InputStream in = StaticFiles.class.getResourceAsStream(path)) {
      return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
