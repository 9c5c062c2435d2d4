package io.strikegrid.testkit;

import io.strikegrid.engine.bar.Observation;
import io.strikegrid.engine.bar.ObservationField;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.time.Session;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * Random observations of a chain, for tests. What comes out depends on the seed and the arguments
 * alone, not on what was asked for before.
 *
 * <p>A test that uses a random seed prints it where it fails, for example by {@code
 * assertThat(...).as("seed %d", generator.seed())}; with the seed the failure can be had again. The
 * figures look like a chain from afar. They are not priced.
 *
 * <p>Immutable, and safe for use by several threads.
 */
public final class ChainGenerator {

  private static final int LATEST_SECONDS = 600;
  private static final double TICK = 0.05;

  private final long seed;

  /**
   * A generator.
   *
   * @param seed to be printed where a test fails
   */
  public ChainGenerator(long seed) {
    this.seed = seed;
  }

  /** The seed, for messages. */
  public long seed() {
    return seed;
  }

  /**
   * Observations of one expiry in one trading session, in the order in which they arrive: late ones
   * stand behind later events. The line is the position, from 1.
   */
  public List<Observation> observations(LocalDate expiry, Session session, ChainShape shape) {
    SplittableRandom random =
        new SplittableRandom(Seeds.mix(seed, expiry.toEpochDay(), session.open()));
    PriorityQueue<Arrival> arrivals = new PriorityQueue<>();
    Contract[] contracts = contracts(shape, random);
    double[] underlying = {shape.centre()};
    for (int m = shape.firstMinute(); m < shape.firstMinute() + shape.minutes(); m++) {
      long minute = session.open() + m * 60L;
      if (session.contains(minute)) {
        addMinute(arrivals, minute, contracts, underlying, shape, random);
      }
    }
    List<Observation> arrived = new ArrayList<>(arrivals.size());
    while (!arrivals.isEmpty()) {
      Arrival next = arrivals.remove();
      arrived.add(next.observation(arrived.size() + 1));
    }
    return arrived;
  }

  /** What was seen and when it arrives; {@code order} keeps equal times apart. */
  private record Arrival(long at, int order, Observation seen) implements Comparable<Arrival> {

    Observation observation(int line) {
      return new Observation(seen.strike(), seen.side(), seen.millis(), at, line, seen.values());
    }

    @Override
    public int compareTo(Arrival other) {
      return at != other.at ? Long.compare(at, other.at) : Integer.compare(order, other.order);
    }
  }

  /** A contract while its day goes on. */
  private static final class Contract {
    private final double strike;
    private final Side side;
    private double volumeDay;
    private double oi;
    private final double openingOi;

    private Contract(double strike, Side side, double oi) {
      this.strike = strike;
      this.side = side;
      this.oi = oi;
      this.openingOi = oi;
    }
  }

  private static Contract[] contracts(ChainShape shape, SplittableRandom random) {
    Contract[] contracts = new Contract[shape.strikes() * 2];
    for (int i = 0; i < contracts.length; i++) {
      Side side = Side.values()[i % 2];
      double oi = amount(shape, random, 2000) + shape.lot() * 500;
      contracts[i] = new Contract(shape.strike(i / 2), side, oi);
    }
    return contracts;
  }

  private static double amount(ChainShape shape, SplittableRandom random, int mostLots) {
    double lots = random.nextInt(mostLots);
    return shape.lot() * (shape.fractional() ? lots + random.nextInt(1000) / 1000.0 : lots);
  }

  private void addMinute(
      PriorityQueue<Arrival> arrivals,
      long minute,
      Contract[] contracts,
      double[] underlying,
      ChainShape shape,
      SplittableRandom random) {
    for (Contract contract : contracts) {
      contract.oi = Math.max(0, contract.oi + amount(shape, random, 41) - 20 * shape.lot());
    }
    boolean[] missing = new boolean[contracts.length];
    for (int i = 0; i < missing.length; i++) {
      missing[i] = hits(random, shape.missingSide());
    }
    int apart = 60 / shape.perMinute();
    for (int n = 0; n < shape.perMinute(); n++) {
      long time = minute + (long) n * apart + random.nextInt(apart);
      underlying[0] = ticks(underlying[0] + random.nextDouble(-0.1, 0.1) * shape.gap());
      for (int i = 0; i < contracts.length; i++) {
        if (!missing[i]) {
          double[] values = values(contracts[i], underlying[0], shape, random);
          add(arrivals, contracts[i], time, values, shape, random);
        }
      }
    }
  }

  private static void add(
      PriorityQueue<Arrival> arrivals,
      Contract of,
      long time,
      double[] values,
      ChainShape shape,
      SplittableRandom random) {
    int times = hits(random, shape.duplicate()) ? 2 : 1;
    for (int n = 0; n < times; n++) {
      boolean late = hits(random, shape.late());
      long at = late ? time + 60 + random.nextInt(LATEST_SECONDS) : time;
      Observation seen = new Observation(of.strike, of.side, time * 1000, at, 0, values.clone());
      arrivals.add(new Arrival(at, arrivals.size(), seen));
    }
  }

  private static double[] values(
      Contract of, double underlying, ChainShape shape, SplittableRandom random) {
    double[] values = new double[ObservationField.values().length];
    Arrays.fill(values, Double.NaN);
    of.volumeDay += amount(shape, random, 30);
    double inside = of.side == Side.CALL ? underlying - of.strike : of.strike - underlying;
    double away = Math.abs(underlying - of.strike) / shape.gap();
    double price =
        ticks(
            Math.max(inside, 0)
                + shape.gap() * Math.exp(-away / 4) * random.nextDouble(1.9, 2.1)
                + TICK);
    set(values, ObservationField.PRICE, price);
    set(values, ObservationField.BID, ticks(price * 0.995));
    set(values, ObservationField.ASK, ticks(price * 1.005 + TICK));
    set(values, ObservationField.VOLUME_DAY, of.volumeDay);
    set(values, ObservationField.OI, of.oi);
    set(values, ObservationField.OI_CHANGE, of.oi - of.openingOi);
    double delta = 1 / (1 + Math.exp(-inside / shape.gap() / 3));
    set(values, ObservationField.IV, 0.12 + 0.002 * away + random.nextDouble(0.01));
    set(values, ObservationField.DELTA, of.side == Side.CALL ? delta : -delta);
    set(values, ObservationField.GAMMA, delta * (1 - delta) / shape.gap() / 3);
    set(values, ObservationField.THETA, -random.nextDouble(1, 30));
    set(values, ObservationField.VEGA, random.nextDouble(0.1, 10));
    set(values, ObservationField.RHO, of.side == Side.CALL ? delta : -delta);
    set(values, ObservationField.UNDERLYING, underlying);
    spoil(values, of, shape, random);
    return values;
  }

  private static void spoil(
      double[] values, Contract of, ChainShape shape, SplittableRandom random) {
    for (ObservationField field :
        List.of(
            ObservationField.OI,
            ObservationField.PRICE,
            ObservationField.BID,
            ObservationField.ASK)) {
      if (hits(random, shape.zero())) {
        set(values, field, 0);
      }
    }
    if (hits(random, shape.decrease())) {
      double less = of.volumeDay - amount(shape, random, 5);
      set(values, ObservationField.VOLUME_DAY, Math.max(0, less)); // no feed tells of less
    }
    for (int i = 0; i < values.length; i++) {
      if (hits(random, shape.unknownField())) {
        values[i] = Double.NaN;
      }
    }
    if (of.volumeDay > 0 && hits(random, shape.dropout())) {
      set(values, ObservationField.OI, 0);
      set(values, ObservationField.VOLUME_DAY, 0);
    }
  }

  private static void set(double[] values, ObservationField field, double value) {
    values[field.ordinal()] = value;
  }

  private static boolean hits(SplittableRandom random, double probability) {
    return random.nextDouble() < probability;
  }

  private static double ticks(double price) {
    return Math.rint(price / TICK) / Math.rint(1 / TICK);
  }
}
