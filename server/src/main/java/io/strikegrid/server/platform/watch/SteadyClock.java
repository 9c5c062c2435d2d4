package io.strikegrid.server.platform.watch;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * A clock that is not set back: where another one is, it goes on from where it was, by the time
 * that passes. So what comes from now on is not taken for something of the future. It follows the
 * other one forward, and small steps in either direction. Safe for use by any number of threads.
 */
public final class SteadyClock implements InstantSource {

  private static final Duration SMALL = Duration.ofSeconds(1);

  private final InstantSource clock;
  private final LongSupplier nanos;
  private Instant last;
  private long lastNanos;

  /**
   * Starts with the other clock.
   *
   * @param nanos time that passes, as by {@link System#nanoTime}
   */
  public SteadyClock(InstantSource clock, LongSupplier nanos) {
    this.clock = clock;
    this.nanos = nanos;
    this.last = clock.instant();
    this.lastNanos = nanos.getAsLong();
  }

  @Override
  public synchronized Instant instant() {
    Instant now = clock.instant();
    long at = nanos.getAsLong();
    Instant expected = last.plusNanos(Math.max(0, at - lastNanos));
    last = isSetBack(now, expected) ? expected : now;
    lastNanos = at;
    return last;
  }

  private static boolean isSetBack(Instant now, Instant expected) {
    return now.isBefore(expected.minus(SMALL));
  }

  /** That the other clock was set back, in words; empty while this one follows it. */
  public synchronized Optional<String> trouble() {
    Instant expected = instant();
    Instant now = clock.instant();
    return isSetBack(now, expected)
        ? Optional.of(
            "the clock of the machine was set back by %d s: the server goes on by its own until it is restarted"
                .formatted(Duration.between(now, expected).toSeconds()))
        : Optional.empty();
  }
}
