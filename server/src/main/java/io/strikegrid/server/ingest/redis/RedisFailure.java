package io.strikegrid.server.ingest.redis;

import io.lettuce.core.RedisException;

/** What a failed command or connection says, in one line. */
final class RedisFailure {

  private RedisFailure() {}

  /** Whether it comes from Redis or the way to it, rather than from a mistake of ours. */
  static boolean isForeseen(Throwable e) {
    return e instanceof RedisException;
  }

  /** The innermost reason. */
  static String reason(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = root.getMessage();
    return message == null
        ? root.getClass().getSimpleName()
        : message.lines().findFirst().orElse("");
  }
}
