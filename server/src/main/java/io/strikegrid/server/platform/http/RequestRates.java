package io.strikegrid.server.platform.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How often each client may ask: one token, or one address where there is none. Safe for use by
 * several threads.
 */
final class RequestRates {

  /** A client may ask at once for what it could ask for in so many seconds. */
  static final int BURST_SECONDS = 5;

  private static final int MOST_CLIENTS = 10_000;
  private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(1);

  private final int perSecond;
  private final TimeMeter meter;
  private final Cache<String, Bucket> buckets =
      Caffeine.newBuilder().maximumSize(MOST_CLIENTS).expireAfterAccess(FORGOTTEN_AFTER).build();

  /**
   * Clients that have not asked yet.
   *
   * @param perSecond requests of one client; 0 for any number
   * @param nanos a ticker, in nanoseconds
   */
  RequestRates(int perSecond, LongSupplier nanos) {
    this.perSecond = perSecond;
    this.meter =
        new TimeMeter() {
          @Override
          public long currentTimeNanos() {
            return nanos.getAsLong();
          }

          @Override
          public boolean isWallClockBased() {
            return false;
          }
        };
  }

  /**
   * Counts a request.
   *
   * @throws Problem where its client asks too often
   */
  void check(Caller caller) {
    if (perSecond == 0) {
      return;
    }
    ConsumptionProbe probe =
        buckets.get(caller.client(), c -> bucket()).tryConsumeAndReturnRemaining(1);
    if (!probe.isConsumed()) {
      long wait = TimeUnit.NANOSECONDS.toSeconds(probe.getNanosToWaitForRefill()) + 1;
      String allowed =
          perSecond + " requests a second, " + perSecond * (long) BURST_SECONDS + " at once";
      throw new Problem(
              ProblemCode.TOO_MANY_REQUESTS,
              "one client may make " + allowed + "; ask again in " + wait + " s",
              null,
              null,
              allowed)
          .withHeader("Retry-After", Long.toString(wait));
    }
  }

  /** Clients that are counted. */
  long clients() {
    return buckets.estimatedSize();
  }

  private Bucket bucket() {
    return Bucket.builder()
        .addLimit(limit ->
            limit
                .capacity(perSecond * (long) BURST_SECONDS)
                .refillGreedy(perSecond, Duration.ofSeconds(1)))
        .withCustomTimePrecision(meter)
        .build();
  }
}
