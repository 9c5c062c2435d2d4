package io.strikegrid.server;

import io.strikegrid.engine.bar.Observation;
import io.strikegrid.engine.bar.ObservationField;
import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.time.Session;
import io.strikegrid.server.platform.market.MarketCatalog;
import io.strikegrid.server.rollup.DayCommit;
import io.strikegrid.server.rollup.ObservedDay;
import io.strikegrid.server.store.ContractDayStore;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Chains small enough to compute by hand. NIFTY50 has five strikes and the minutes 0 to 19 of 21,
 * 22, 24 and 25 April 2025, without minute 7; the put 24400 is silent from minute 16 on. At minute
 * m the underlying is 24500 + m, the open interest of call number k is 10000·(k+1) + 75·m, of put
 * number k 10000·(5−k) + 75·m, the day volume of either 75·(m+1)·(k+1). BTC has three strikes and
 * no strike gap of its own.
 */
public final class SampleChains {

  public static final LocalDate MONDAY = LocalDate.of(2025, 4, 21);
  public static final LocalDate TUESDAY = LocalDate.of(2025, 4, 22);
  public static final LocalDate THURSDAY = LocalDate.of(2025, 4, 24);
  public static final LocalDate FRIDAY = LocalDate.of(2025, 4, 25);
  public static final LocalDate NEAREST = LocalDate.of(2025, 4, 24);
  public static final LocalDate SECOND = LocalDate.of(2025, 4, 30);
  public static final LocalDate MONTHLY = LocalDate.of(2025, 5, 29);

  /** 09:15 in India on 22 April 2025. */
  public static final long TUESDAY_OPEN = 1_745_293_500L;

  public static final long DAY = 86_400;
  private static final double[] STRIKES = {24_400, 24_450, 24_500, 24_550, 24_600};

  private static final int MINUTES = 20;
  private static final int MISSING = 7;
  private static final int SILENT_FROM = 16;

  private final MarketCatalog markets;
  private final DayCommit commit;

  public SampleChains(MarketCatalog markets, DayCommit commit) {
    this.markets = markets;
    this.commit = commit;
  }

  /** Stores all of them. */
  public void store() {
    nifty(MONDAY, List.of(NEAREST, SECOND, MONTHLY));
    nifty(TUESDAY, List.of(NEAREST, SECOND, MONTHLY));
    nifty(THURSDAY, List.of(NEAREST, SECOND, MONTHLY));
    nifty(FRIDAY, List.of(SECOND, MONTHLY));
    bitcoin();
  }

  private void nifty(LocalDate day, List<LocalDate> expiries) {
    Underlying underlying = markets.find("NIFTY50").orElseThrow();
    Session session = underlying.calendar().session(day).orElseThrow();
    TreeMap<LocalDate, List<Observation>> seen = new TreeMap<>();
    expiries.forEach(expiry -> seen.put(expiry, observations(session)));
    List<ContractDayStore.Row> figures = day.equals(TUESDAY) ? List.of(figure(session)) : List.of();
    commit.commit(
        underlying,
        session,
        Provenance.IMPORTED,
        new ObservedDay(seen, false, session.close()) {
          @Override
          public List<ContractDayStore.Row> figures() {
            return figures;
          }
        });
  }

  /** The exchange's close of the call 24500 of the monthly expiry, the day before. */
  private static ContractDayStore.Row figure(Session session) {
    return new ContractDayStore.Row(
        MONTHLY,
        24_500,
        Side.CALL,
        75,
        30_000,
        Double.NaN,
        Double.NaN,
        Double.NaN,
        Double.NaN,
        false,
        session.open() + 600);
  }

  /** One more minute of the nearest expiry on Tuesday, with another open interest of a call. */
  public void addMinute(int minute, double oi) {
    long time = TUESDAY_OPEN + 60L * minute;
    add(
        TUESDAY,
        NEAREST,
        List.of(observation(24_500, Side.CALL, time, 24_500 + minute, oi, 75_000, 0.14)));
  }

  /** Stores what was seen of an expiry of NIFTY50 on a day. */
  public void add(LocalDate day, LocalDate expiry, List<Observation> seen) {
    Underlying underlying = markets.find("NIFTY50").orElseThrow();
    Session session = underlying.calendar().session(day).orElseThrow();
    commit.commit(
        underlying,
        session,
        Provenance.IMPORTED,
        new ObservedDay(Map.of(expiry, seen), false, session.close()));
  }

  private static List<Observation> observations(Session session) {
    List<Observation> all = new ArrayList<>();
    for (int m = 0; m < MINUTES; m++) {
      for (int k = 0; k < STRIKES.length && m != MISSING; k++) {
        long time = session.open() + 60L * m + 30;
        double volume = 75.0 * (m + 1) * (k + 1);
        double price = 24_500 + m;
        all.add(
            observation(
                STRIKES[k],
                Side.CALL,
                time,
                price,
                10_000 * (k + 1) + 75 * m,
                volume,
                0.14 + 0.001 * k));
        if (k > 0 || m < SILENT_FROM) {
          all.add(
              observation(
                  STRIKES[k],
                  Side.PUT,
                  time,
                  price,
                  10_000 * (5 - k) + 75 * m,
                  volume,
                  0.15 + 0.001 * k));
        }
      }
    }
    return all;
  }

  /** One contract as it was seen; prices and Greeks follow. */
  public static Observation observation(
      double strike,
      Side side,
      long time,
      double underlying,
      double oi,
      double volumeDay,
      double iv) {
    double[] values = new double[ObservationField.values().length];
    Arrays.fill(values, Double.NaN);
    double half = (underlying - strike) / 2;
    double price = 100 + (side == Side.CALL ? half : -half);
    values[ObservationField.PRICE.ordinal()] = price;
    values[ObservationField.BID.ordinal()] = price - 0.05;
    values[ObservationField.ASK.ordinal()] = price + 0.05;
    values[ObservationField.OI.ordinal()] = oi;
    values[ObservationField.VOLUME_DAY.ordinal()] = volumeDay;
    values[ObservationField.IV.ordinal()] = iv;
    values[ObservationField.DELTA.ordinal()] = side == Side.CALL ? 0.5 : -0.5;
    values[ObservationField.GAMMA.ordinal()] = 0.0014;
    values[ObservationField.THETA.ordinal()] = -20.5;
    values[ObservationField.VEGA.ordinal()] = 7.25;
    values[ObservationField.RHO.ordinal()] = side == Side.CALL ? 0.75 : -0.75;
    values[ObservationField.UNDERLYING.ordinal()] = underlying;
    return new Observation(strike, side, time * 1000, time, 0, values);
  }

  private void bitcoin() {
    Underlying underlying = markets.find("BTC").orElseThrow();
    Session session = underlying.calendar().session(TUESDAY).orElseThrow();
    List<Observation> all = new ArrayList<>();
    for (double strike = 89_000; strike <= 91_000; strike += 1000) {
      for (Side side : Side.values()) {
        all.add(observation(strike, side, session.open() + 3600, 90_000, 12.5, 2.25, 0.55));
      }
    }
    commit.commit(
        underlying,
        session,
        Provenance.LIVE,
        new ObservedDay(Map.of(LocalDate.of(2025, 4, 25), all), false, session.close()));
  }
}
