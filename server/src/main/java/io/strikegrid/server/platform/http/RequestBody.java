package io.strikegrid.server.platform.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/** Bodies of requests, bounded. */
public final class RequestBody {

  /** Most bytes of a body, 32 MiB. */
  public static final int MOST_BYTES = 32 << 20;

  private RequestBody() {}

  /**
   * The body of a request that must be JSON.
   *
   * @throws Problem where it is of another media type, or longer than 32 MiB
   */
  public static byte[] json(Context context) throws IOException {
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
    checkLength(context.req().getContentLengthLong());
    InputStream body = context.req().getInputStream();
    byte[] bytes = body.readNBytes(MOST_BYTES + 1);
    checkLength(bytes.length);
    return bytes;
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
