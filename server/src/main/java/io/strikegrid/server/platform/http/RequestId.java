package io.strikegrid.server.platform.http;

import io.javalin.http.Context;
import java.util.concurrent.ThreadLocalRandom;

/** The name of one request, in its answer, in a problem document and in the log. */
final class RequestId {

  /** The header that carries it. */
  static final String HEADER = "X-Request-Id";

  private static final String ATTRIBUTE = "strikegrid.request-id";
  private static final String LETTERS = "0123456789abcdefghjkmnpqrstvwxyz";
  private static final int LENGTH = 12;

  private RequestId() {}

  /** The id of a request, made at the first call. */
  static String of(Context context) {
    String id = context.attribute(ATTRIBUTE);
    if (id == null) {
      id = next();
      context.attribute(ATTRIBUTE, id);
    }
    return id;
  }

  /** A new id: 60 random bits. */
  static String next() {
    long bits = ThreadLocalRandom.current().nextLong();
    char[] id = new char[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      id[i] = LETTERS.charAt((int) (bits >>> (5 * i)) & 31);
    }
    return new String(id);
  }
}
