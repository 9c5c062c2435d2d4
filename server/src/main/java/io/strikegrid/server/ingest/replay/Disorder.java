package io.strikegrid.server.ingest.replay;

import io.strikegrid.engine.check.Check;
import io.strikegrid.server.live.Tick;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What is done to the order of ticks, to test who receives them. The same seed does the same.
 *
 * @param shuffleSeconds most event time, in seconds, by which a tick may come after a later one
 * @param duplicates share of the ticks that come twice, 0 to 1
 * @param late share of the ticks that come minutes after their time, 0 to 1
 * @param seed of the chance
 */
public record Disorder(double shuffleSeconds, double duplicates, double late, long seed) {

  private static final long LATE_FROM_MILLIS = 60_000;
  private static final long LATE_TO_MILLIS = 300_000;
  private static final long TWICE_WITHIN_MILLIS = 10_000;
  private static final double MOST_SECONDS = 3600;

  /** Checks the bounds. */
  public Disorder {
    Check.that(
        shuffleSeconds >= 0 && shuffleSeconds <= MOST_SECONDS,
        "shuffle must be 0 to 3600 seconds; have " + shuffleSeconds);
    Check.that(
        duplicates >= 0 && duplicates <= 1,
        "duplicates must be a share of 0 to 1; have " + duplicates);
    Check.that(late >= 0 && late <= 1, "late must be a share of 0 to 1; have " + late);
  }

  /**
   * A tick and when it is sent.
   *
   * @param millis on the scale of event times
   */
  record Sent(long millis, Tick tick) {}

  /** Whether everything stays as it is. */
  boolean isNone() {
    return shuffleSeconds == 0 && duplicates == 0 && late == 0;
  }

  /** The ticks in the order in which they are sent. */
  List<Sent> order(List<Tick> ticks) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Sent> sent = new ArrayList<>(ticks.size());
    for (Tick tick : ticks) {
      long at = tick.observation().millis() + (long) (random.nextDouble() * shuffleSeconds * 1000);
      at += random.nextDouble() < late ? random.nextLong(LATE_FROM_MILLIS, LATE_TO_MILLIS) : 0;
      sent.add(new Sent(at, tick));
      if (random.nextDouble() < duplicates) {
        sent.add(new Sent(at + random.nextLong(TWICE_WITHIN_MILLIS), tick));
      }
    }
    sent.sort(Comparator.comparingLong(Sent::millis));
    return sent;
  }
}
