package io.strikegrid.server.app;

import java.time.Instant;
import java.time.InstantSource;

/**
 * A clock that goes sixty times as fast as time does, so that a feed's silence of a minute lasts a
 * second. Those with the same start show the same time, in other processes too.
 *
 * @param start when it showed the right time, epoch milliseconds
 */
record FastClock(long start) implements InstantSource {

  private static final int TIMES = 60;

  /** One that is right now. */
  static FastClock startNow() {
    return new FastClock(InstantSource.system().millis());
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(start + TIMES * (InstantSource.system().millis() - start));
  }
}
