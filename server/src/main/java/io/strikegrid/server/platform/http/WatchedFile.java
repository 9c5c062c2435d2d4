package io.strikegrid.server.platform.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/** Whether a file has changed since it was last looked at. For one thread. */
final class WatchedFile {

  private final Path path;
  private @Nullable State seen;

  private record State(FileTime changed, long size, @Nullable Object key) {}

  /** A file as it is now. */
  WatchedFile(Path path) {
    this.path = path;
    this.seen = state();
  }

  Path path() {
    return path;
  }

  /** Whether it is another one than at the last look; one that is not there has not changed. */
  boolean hasChanged() {
    State now = state();
    if (now == null || now.equals(seen)) {
      return false;
    }
    seen = now;
    return true;
  }

  private @Nullable State state() {
    try {
      BasicFileAttributes is = Files.readAttributes(path, BasicFileAttributes.class);
      return new State(is.lastModifiedTime(), is.size(), is.fileKey());
    } catch (IOException e) {
      return null;
    }
  }
}
