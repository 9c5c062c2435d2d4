package io.strikegrid.server.platform.http;

import io.javalin.http.Context;
import io.javalin.router.Endpoint;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Set;

/** Counts and times requests by route, method and status; an unknown path or method is "other". */
final class RequestTimes {

  private static final Set<String> METHODS =
      Set.of("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
  private static final double NANOS_PER_MILLISECOND = 1e6;

  private final MeterRegistry registry;

  RequestTimes(MeterRegistry registry) {
    this.registry = registry;
  }

  /** The route of a request as it is declared; "other" where there is none. */
  static String route(Context context) {
    Endpoint endpoint = context.endpoints().matchedHttpEndpoint();
    return endpoint == null ? "other" : endpoint.path;
  }

  void record(Context context, float milliseconds) {
    String method = context.req().getMethod();
    Timer.builder("strikegrid.http.requests")
        .description("Requests answered, and how long that took")
        .tag("route", route(context))
        .tag("method", METHODS.contains(method) ? method : "other")
        .tag("status", Integer.toString(context.statusCode()))
        .publishPercentileHistogram(false)
        .serviceLevelObjectives(
            Duration.ofMillis(1),
            Duration.ofMillis(5),
            Duration.ofMillis(25),
            Duration.ofMillis(100),
            Duration.ofMillis(500),
            Duration.ofSeconds(2))
        .register(registry)
        .record(Duration.ofNanos((long) (milliseconds * NANOS_PER_MILLISECOND)));
  }
}
