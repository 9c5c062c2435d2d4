package io.strikegrid.server.platform.http;

import io.javalin.http.Context;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Bodies of requests, bounded: each by itself, and all that are in memory at a time together. Safe
 * for use by several threads.
 */
public final class RequestBody {

  /** Most bytes of a body, 32 MiB. */
  public static final int MOST_BYTES = 32 << 20;

  private static final int PERMIT_BYTES = 1 << 20;
  private static final int PERMITS = 128;
  private static final int USUAL_PACKING = 12;

  private final Semaphore room = new Semaphore(PERMITS);

  /** What is done with a body. */
  @FunctionalInterface
  public interface Use {
    /** Takes it. */
    void with(byte[] body) throws IOException;
  }

  /** What is done with a body that may be of several media types. */
  @FunctionalInterface
  public interface TypedUse {
    /** Takes it, with its media type in lower case and without parameters. */
    void with(String mediaType, byte[] body) throws IOException;
  }

  /**
   * Hands on the body of a request that must be JSON; until that returns, the body counts among
   * those in memory.
   *
   * @throws Problem where it is of another media type, or longer than 32 MiB, or where bodies of
   *     128 MiB are being taken already
   */
  public void json(Context context, Use use) throws IOException {
    read(context, List.of(Answers.JSON), (mediaType, body) -> use.with(body));
  }

  /**
   * Hands on the body of a request, unpacked where it came as gzip; until that returns, the body
   * counts among those in memory.
   *
   * @param mediaTypes that it may have
   * @throws Problem where it is of another media type or encoding, or longer than 32 MiB, unpacked
   *     too, or where bodies of 128 MiB are being taken already
   */
  public void read(Context context, List<String> mediaTypes, TypedUse use) throws IOException {
    String type = type(context, mediaTypes);
    boolean isPacked = isPacked(context);
    long length = context.req().getContentLengthLong();
    checkLength(length);
    long expected = length < 0 ? MOST_BYTES : length * (isPacked ? USUAL_PACKING : 1);
    int permits = acquire(permits(Math.min(expected, MOST_BYTES)));
    try {
      InputStream in = context.req().getInputStream();
      byte[] bytes = isPacked ? unpacked(in) : in.readNBytes(MOST_BYTES + 1);
      checkLength(bytes.length);
      permits += acquire(Math.max(0, permits(bytes.length) - permits));
      use.with(type, bytes);
    } finally {
      room.release(permits);
    }
  }

  private static int permits(long bytes) {
    return (int) (bytes / PERMIT_BYTES) + 1;
  }

  private int acquire(int permits) {
    if (!room.tryAcquire(permits)) {
      throw new Problem(ProblemCode.NOT_READY, "too many bodies are being taken; try again");
    }
    return permits;
  }

  private static byte[] unpacked(InputStream packed) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(packed)) {
      return in.readNBytes(MOST_BYTES + 1);
    } catch (ZipException | EOFException e) {
      throw Problem.badValue(
          ProblemCode.BAD_VALUE, "body", "something else", "gzip, as Content-Encoding says");
    }
  }

  private static boolean isPacked(Context context) {
    String encoding = context.header("Content-Encoding");
    String plain = encoding == null ? "identity" : encoding.strip().toLowerCase(Locale.ROOT);
    if (!plain.equals("gzip") && !plain.equals("identity")) {
      throw Problem.badValue(
          ProblemCode.UNSUPPORTED_MEDIA_TYPE, "Content-Encoding", plain, "gzip or identity");
    }
    return plain.equals("gzip");
  }

  private static String type(Context context, List<String> mediaTypes) {
    String type = context.contentType();
    String plain = type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (!mediaTypes.contains(plain)) {
      String allowed = String.join(" or ", mediaTypes);
      throw new Problem(
          ProblemCode.UNSUPPORTED_MEDIA_TYPE,
          "the body must be " + allowed + "; have " + Problem.shown(type == null ? "none" : type),
          "Content-Type",
          type,
          allowed);
    }
    return plain;
  }

  static void checkLength(long bytes) {
    if (bytes > MOST_BYTES) {
      throw new Problem(
          ProblemCode.TOO_LARGE,
          "a body may have " + MOST_BYTES + " bytes; have more",
          null,
          null,
          "at most " + MOST_BYTES + " bytes");
    }
  }
}
