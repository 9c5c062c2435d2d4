package io.strikegrid.server.platform.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/** A body that never changes, with what it takes to send it made beforehand. Immutable. */
public final class StaticFile {

  private final String mediaType;
  private final Form plain;
  private final Form packed;

  private StaticFile(String mediaType, Form plain, Form packed) {
    this.mediaType = mediaType;
    this.plain = plain;
    this.packed = packed;
  }

  /** The bytes that go out, and their entity tag. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Form(byte[] bytes, String tag, boolean isGzip) {

    static Form of(String mediaType, byte[] content, byte[] bytes, boolean isGzip) {
      return new Form(bytes, Answers.tag(content, mediaType, isGzip), isGzip);
    }
  }

  /**
   * Packs a body and makes its tags.
   *
   * @param mediaType with its charset, where it is text
   */
  public static StaticFile of(String mediaType, byte[] content) {
    Form plain = Form.of(mediaType, content, content, false);
    byte[] gzip = gzip(content);
    boolean isShorter = gzip.length < content.length;
    return new StaticFile(
        mediaType, plain, isShorter ? Form.of(mediaType, content, gzip, true) : plain);
  }

  private static byte[] gzip(byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(content.length / 2 + 64);
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  String mediaType() {
    return mediaType;
  }

  /** What goes out to a client; packed only where that is shorter. */
  Form form(boolean takesGzip) {
    return takesGzip ? packed : plain;
  }
}
