package io.strikegrid.server.app.demo;

import io.strikegrid.engine.market.Side;
import java.time.LocalDate;
import java.util.SplittableRandom;

/**
 * Open interest and volume of one contract over a UTC day. Interest gathers at round strikes, calls
 * above the level and puts below it, and grows as the expiry comes nearer; within the day it drifts
 * from one close to the next. Volume is highest near the money.
 */
final class DemoFlow {

  private static final int MINUTES = 1440;
  private static final int KIND = 2;
  private static final double WAVE = 0.04;

  private final double lot;
  private final double open;
  private final double close;
  private final double phase;
  private final double[] volumeDay = new double[MINUTES];

  private DemoFlow(double lot, double open, double close, double phase) {
    this.lot = lot;
    this.open = open;
    this.close = close;
    this.phase = phase;
  }

  /** The flow of a contract on a day. */
  static DemoFlow of(
      double strike, Side side, LocalDate expiry, LocalDate day, double lot, long seed) {
    SplittableRandom random = random(strike, side, expiry, day, seed);
    DemoFlow flow =
        new DemoFlow(
            lot,
            lots(strike, side, expiry, day, seed),
            lots(strike, side, expiry, day.plusDays(1), seed),
            random.nextDouble(2 * Math.PI));
    double pace = pace(strike, expiry, day);
    double traded = 0;
    for (int m = 0; m < MINUTES; m++) {
      traded += Math.floor(pace * -Math.log(1 - random.nextDouble()));
      flow.volumeDay[m] = traded * lot;
    }
    return flow;
  }

  private static SplittableRandom random(
      double strike, Side side, LocalDate expiry, LocalDate day, long seed) {
    return DemoRandom.of(
        seed,
        KIND,
        day.toEpochDay(),
        expiry.toEpochDay(),
        Double.doubleToLongBits(strike),
        side.ordinal());
  }

  /** Lots at the opening of a day. */
  private static double lots(double strike, Side side, LocalDate expiry, LocalDate day, long seed) {
    double away = (strike - DemoSpot.LEVEL) / 500;
    double centre = side == Side.CALL ? 0.8 : -0.8;
    double near = Math.exp(-(away - centre) * (away - centre) / 2);
    double round = strike % 500 == 0 ? 3 : strike % 100 == 0 ? 1.5 : 0.6;
    double age = 1 / (1 + (expiry.toEpochDay() - day.toEpochDay()) / 7.0);
    double noise = random(strike, side, expiry, day, seed).nextDouble(0.9, 1.1);
    return Math.rint(200 + 30_000 * near * round * age * noise);
  }

  private static double pace(double strike, LocalDate expiry, LocalDate day) {
    double away = (strike - DemoSpot.LEVEL) / 300;
    double days = Math.max(1, expiry.toEpochDay() - day.toEpochDay());
    return 0.3 + 120 * Math.exp(-away * away / 2) / Math.sqrt(days);
  }

  /** Open interest at a minute of the day, units. */
  double oi(int minute) {
    double share = minute / (double) MINUTES;
    double wave =
        WAVE * Math.sin(Math.PI * share) * (Math.sin(8 * share + phase) + Math.sin(95 * share));
    double lots = open + share * (close - open) + wave * open;
    return lot * Math.rint(Math.max(0, lots));
  }

  /** Open interest at the close before, units. */
  double previousClose() {
    return lot * open;
  }

  /** Traded from midnight to the end of a minute, units. */
  double volumeDay(int minute) {
    return volumeDay[minute];
  }
}
