package io.strikegrid.server.platform.http;

import io.javalin.http.Context;
import io.javalin.router.Endpoint;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.eclipse.jetty.http.HttpStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who was refused and who wrote: the first of each kind is told at once, the others of that minute
 * are counted and told when it is over, so that no client can make much of it. What is told never
 * contains a token. Safe for use by several threads.
 */
final class AuditLog {

  private static final long MINUTE_NANOS = 60_000_000_000L;
  private static final int MOST_KINDS = 200;
  private static final String OTHERS = "others";

  private final LongSupplier nanos;
  private final Consumer<String> out;
  private final Map<String, Integer> more = new LinkedHashMap<>();
  private long began;

  /**
   * A log of the logger named {@code audit}.
   *
   * @param nanos a ticker, in nanoseconds
   */
  static AuditLog toLogger(LongSupplier nanos) {
    Logger logger = LoggerFactory.getLogger("audit");
    return new AuditLog(nanos, line -> logger.info("{}", line));
  }

  /**
   * A log of which nothing was told.
   *
   * @param out takes a line
   */
  AuditLog(LongSupplier nanos, Consumer<String> out) {
    this.nanos = nanos;
    this.out = out;
    this.began = nanos.getAsLong();
  }

  /**
   * A request was refused.
   *
   * @param who the name of its token, else its address
   * @param what method and route, or path
   */
  void refused(String who, String what, ProblemCode code) {
    tell("refused " + code.text() + ": " + who + " " + what);
  }

  /** A request to write was answered. */
  void wrote(String who, String what, int status) {
    tell((status < 300 ? "wrote: " : "did not write: ") + who + " " + what + " " + status);
  }

  /** Whether an answer's status says that its client may not do what it asked. */
  static boolean isOfAccess(int status) {
    return status == HttpStatus.UNAUTHORIZED_401
        || status == HttpStatus.FORBIDDEN_403
        || status == HttpStatus.TOO_MANY_REQUESTS_429;
  }

  /** Notes a request that a route answered, where it was one to write or was refused. */
  void answered(Context context) {
    Endpoint endpoint = context.endpoints().matchedHttpEndpoint();
    if (endpoint == null) {
      return;
    }
    String what = context.req().getMethod() + " " + endpoint.path;
    int status = context.statusCode();
    if (isOfAccess(status)) {
      refused(Caller.of(context).who(), what, ProblemCode.ofStatus(status));
    } else if (context.routeRoles().contains(Role.WRITE)) {
      wrote(Caller.of(context).who(), what, status);
    }
  }

  /** Tells what was counted, where the minute is over. */
  synchronized void look() {
    long now = nanos.getAsLong();
    if (now - began >= MINUTE_NANOS) {
      began = now;
      more.forEach((kind, count) -> {
        if (count > 0) {
          out.accept(kind + " (" + count + " more in a minute)");
        }
      });
      more.clear();
    }
  }

  private synchronized void tell(String kind) {
    look();
    Integer count = more.get(kind);
    if (count != null) {
      more.put(kind, count + 1);
    } else if (more.size() < MOST_KINDS) {
      more.put(kind, 0);
      out.accept(kind);
    } else {
      more.merge(OTHERS, 1, Integer::sum);
    }
  }
}
