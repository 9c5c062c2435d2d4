package io.strikegrid.server.platform.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Semaphore;

/**
 * Bodies of requests, bounded: each by itself, and all that are in memory at a time together. Safe
 * for use by several threads.
 */
public final class RequestBody {

  /** Most bytes of a body, 32 MiB. */
  public static final int MOST_BYTES = 32 << 20;

  private static final int PERMIT_BYTES = 1 << 20;
  private static final int PERMITS = 128;

  private final Semaphore room = new Semaphore(PERMITS);

  /** What is done with a body. */
  @FunctionalInterface
  public interface Use {
    /** Takes it. */
    void with(byte[] body) throws IOException;
  }

  /**
   * Hands on the body of a request that must be JSON; until that returns, the body counts among
   * those in memory.
   *
   * @throws Problem where it is of another media type, or longer than 32 MiB, or where bodies of
   *     128 MiB are being taken already
   */
  public void json(Context context, Use use) throws IOException {
    checkType(context);
    long length = context.req().getContentLengthLong();
    checkLength(length);
    int permits = (int) ((length < 0 ? MOST_BYTES : length) / PERMIT_BYTES) + 1;
    if (!room.tryAcquire(permits)) {
      throw new Problem(ProblemCode.NOT_READY, "too many bodies are being taken; try again");
    }
    try {
      byte[] bytes = context.req().getInputStream().readNBytes(MOST_BYTES + 1);
      checkLength(bytes.length);
      use.with(bytes);
    } finally {
      room.release(permits);
    }
  }

  private static void checkType(Context context) {
    String type = context.contentType();
    String plain = type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (!plain.equals(Answers.JSON)) {
      throw new Problem(
          ProblemCode.UNSUPPORTED_MEDIA_TYPE,
          "the body must be "
              + Answers.JSON
              + "; have "
              + Problem.shown(type == null ? "none" : type),
          "Content-Type",
          type,
          Answers.JSON);
    }
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
