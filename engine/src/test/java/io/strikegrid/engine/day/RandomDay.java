package io.strikegrid.engine.day;

import io.strikegrid.engine.bar.Observation;
import io.strikegrid.engine.bar.ObservationField;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.pricing.Black76;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.DoubleStream;

/**
 * A made-up day of bars and ticks, as crooked as days are: underlyings that are missing or late,
 * chains of IV alone, prices that no forward has, strikes that are listed later, volumes that fall,
 * sides that vanish for a moment. Where a bar and ticks are of the same side and minute the bar
 * comes first, and what may vanish has no price of the underlying.
 */
public final class RandomDay {

  private static final double VOLATILITY = 0.3;

  private enum Quoting {
    ALWAYS,
    NEVER,
    LATE,
    NOW_AND_THEN
  }

  private record Seen(LocalDate expiry, Observation observation) {}

  private final Random random;
  private final List<Seen> early = new ArrayList<>();
  private final List<Seen> late = new ArrayList<>();
  private final List<Seen> ticks = new ArrayList<>();
  private final Map<String, Double> volumes = new TreeMap<>();
  private final boolean isJunk;
  private final boolean isIvAlone;
  private final Quoting quoting;
  private final int minutes;
  private final boolean hasVolume;

  /** Makes one up. */
  public RandomDay(Random random) {
    this.random = random;
    this.isJunk = random.nextInt(8) == 0;
    this.isIvAlone = random.nextInt(8) == 0;
    this.quoting = Quoting.values()[random.nextInt(4)];
    this.minutes = 2 + random.nextInt(5);
    this.hasVolume = random.nextInt(4) > 0;
    double[] strikes =
        DoubleStream.iterate(80 + random.nextInt(10), k -> k + 5 * (1 + random.nextInt(2)))
            .limit(2 + random.nextInt(6))
            .toArray();
    int start = random.nextInt(3);
    for (int e = 0; e <= random.nextInt(3); e++) {
      LocalDate expiry = DaySample.DAY.plusDays(e == 0 ? random.nextInt(3) : 7L * e);
      int[] listed = Arrays.stream(strikes).mapToInt(k -> listedAt()).toArray();
      double spot = 95 + random.nextInt(20);
      for (int m = 0; m < minutes; m++) {
        spot += random.nextGaussian() * 0.5;
        addMinute(expiry, start + 3 * m - random.nextInt(2), spot, strikes, listed, m);
      }
    }
  }

  private int listedAt() {
    return random.nextInt(4) == 0 ? random.nextInt(minutes) : 0;
  }

  private void addMinute(
      LocalDate expiry, int minute, double spot, double[] strikes, int[] listed, int number) {
    boolean isQuoted =
        switch (quoting) {
          case ALWAYS -> true;
          case NEVER -> false;
          case LATE -> number > 0;
          case NOW_AND_THEN -> random.nextBoolean();
        };
    double underlying = isQuoted ? Math.rint(spot * 20) / 20 : Double.NaN;
    for (int i = 0; i < strikes.length; i++) {
      for (Side side : Side.values()) {
        if (listed[i] <= number && random.nextInt(5) > 0) {
          addContract(expiry, Math.max(0, minute), strikes[i], side, spot, underlying);
        }
      }
    }
  }

  private void addContract(
      LocalDate expiry, int minute, double strike, Side side, double spot, double underlying) {
    boolean isLive = random.nextInt(3) > 0;
    boolean isImported = !isLive || random.nextInt(6) == 0;
    if (isImported) {
      double[] values = values(expiry, strike, side, spot, false);
      values[ObservationField.UNDERLYING.ordinal()] = underlying;
      long time = DaySample.minute(minute);
      Observation bar = new Observation(strike, side, time * 1000, time, 1, values);
      (isLive || random.nextBoolean() ? early : late).add(new Seen(expiry, bar));
    }
    for (int tick = 0; isLive && tick <= random.nextInt(3); tick++) {
      double[] values = values(expiry, strike, side, spot, !isImported);
      boolean mayVanish = values[ObservationField.VOLUME_DAY.ordinal()] == 0;
      if (random.nextBoolean() && !mayVanish) {
        values[ObservationField.UNDERLYING.ordinal()] = underlying + random.nextInt(3) * 0.05;
      }
      long time = DaySample.minute(minute) + random.nextInt(60);
      ticks.add(new Seen(expiry, new Observation(strike, side, time * 1000, time, 1, values)));
    }
  }

  private double[] values(
      LocalDate expiry, double strike, Side side, double spot, boolean mayVanish) {
    double[] values = new double[ObservationField.values().length];
    Arrays.fill(values, Double.NaN);
    double years = Math.max(1, expiry.toEpochDay() - DaySample.DAY.toEpochDay()) / 365.0;
    double fair =
        isJunk
            ? random.nextInt(200)
            : Black76.price(side, spot, strike, years, VOLATILITY, DaySample.RATE);
    double price = Math.max(0.05, Math.rint(fair * 20) / 20);
    if (!isIvAlone) {
      set(values, ObservationField.PRICE, price, 4);
      set(values, ObservationField.BID, price - 0.05 * random.nextInt(3), 3);
      set(values, ObservationField.ASK, price + 0.05 * random.nextInt(3), 3);
    }
    set(values, ObservationField.OI, 50 * random.nextInt(20), 3);
    if (isIvAlone || random.nextInt(6) == 0) {
      set(values, ObservationField.IV, 0.2 + random.nextInt(20) / 100.0, 4);
    }
    if (hasVolume) {
      String contract = expiry + " " + strike + " " + side;
      double before = volumes.getOrDefault(contract, 0.0);
      double now = before + 10 * random.nextInt(4);
      volumes.put(contract, now);
      boolean falls = random.nextInt(20) == 0;
      boolean vanishes = mayVanish && random.nextInt(10) == 0;
      set(values, ObservationField.VOLUME_DAY, vanishes ? 0 : falls ? now / 2 : now, 4);
    }
    return values;
  }

  private void set(double[] values, ObservationField field, double value, int oftenness) {
    if (random.nextInt(oftenness) > 0) {
      values[field.ordinal()] = value;
    }
  }

  /** All bars, in so many pieces. */
  public List<Map<LocalDate, List<Observation>>> imports(int pieces) {
    List<Seen> all = new ArrayList<>(early);
    all.addAll(late);
    return cut(all, pieces);
  }

  /** Bars that come before the ticks of their sides. */
  public List<Map<LocalDate, List<Observation>>> early(int pieces) {
    return cut(early, pieces);
  }

  /** Bars that may come at any time. */
  public List<Map<LocalDate, List<Observation>>> late(int pieces) {
    return cut(late, pieces);
  }

  /** All ticks. */
  public List<Map<LocalDate, List<Observation>>> ticks(int pieces) {
    return cut(ticks, pieces);
  }

  private List<Map<LocalDate, List<Observation>>> cut(List<Seen> seen, int pieces) {
    List<Map<LocalDate, List<Observation>>> cut = new ArrayList<>();
    for (int i = 0; i < pieces; i++) {
      cut.add(new TreeMap<>());
    }
    for (Seen one : seen) {
      cut.get(random.nextInt(pieces))
          .computeIfAbsent(one.expiry, e -> new ArrayList<>())
          .add(one.observation);
    }
    return cut;
  }
}
