package io.strikegrid.server.app.demo;

import java.time.LocalDate;
import java.util.SplittableRandom;

/**
 * The underlying of the sample: a random walk that is pulled back to its level.
 *
 * <p>Each day starts and ends at prices drawn around the level, and walks from the one to the other
 * (a Brownian bridge). A day is thus the same whichever day the sample begins with.
 */
final class DemoSpot {

  static final double LEVEL = 24_000;

  private static final int MINUTES = 1440;
  private static final int SPREAD_OF_DAYS = 110;
  private static final double STEP = 4;
  private static final int KIND = 1;

  private final double[] path;

  private DemoSpot(double[] path) {
    this.path = path;
  }

  /** The path of a UTC day. */
  static DemoSpot of(LocalDate day, long seed) {
    double from = midnight(day, seed);
    double to = midnight(day.plusDays(1), seed);
    SplittableRandom random = DemoRandom.of(seed, KIND, day.toEpochDay(), 1);
    double[] walk = new double[MINUTES + 1];
    for (int m = 1; m <= MINUTES; m++) {
      walk[m] = walk[m - 1] + random.nextGaussian() * STEP;
    }
    for (int m = 0; m <= MINUTES; m++) {
      double share = m / (double) MINUTES;
      double bridged = from + walk[m] + share * (to - from - walk[MINUTES]);
      walk[m] = Math.rint(bridged * 100) / 100;
    }
    return new DemoSpot(walk);
  }

  private static double midnight(LocalDate day, long seed) {
    return LEVEL + SPREAD_OF_DAYS * DemoRandom.of(seed, KIND, day.toEpochDay(), 0).nextGaussian();
  }

  /** Price at a minute of the day, 0 to 1440. */
  double at(int minute) {
    return path[minute];
  }
}
