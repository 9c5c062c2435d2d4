package io.strikegrid.testkit;

import io.strikegrid.engine.bar.BarColumns;
import io.strikegrid.engine.bar.BarTable;
import io.strikegrid.engine.bar.IvSource;
import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.engine.bar.SideColumn;
import io.strikegrid.engine.bar.UnderlyingSource;
import io.strikegrid.engine.market.CarryRule;
import io.strikegrid.engine.market.ExpiryRule;
import io.strikegrid.engine.market.LotRule;
import io.strikegrid.engine.market.Moneyness;
import io.strikegrid.engine.market.PricingRules;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.time.Session;
import io.strikegrid.engine.time.Timeframe;
import io.strikegrid.engine.time.TradingCalendar;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The data that benchmarks share, so that their figures can be compared: NIFTY50, {@value #DAYS}
 * trading days of 375 minutes, {@value #STRIKES} strikes, {@value #EXPIRIES} expiries, a row for
 * every strike and minute, open interest known in {@value #OI_PERCENT} of 100 rows.
 *
 * <p>Bars come finished: volume, level and provenance are set, as the store holds them. They depend
 * on the seed, the expiry and the day alone; a benchmark prints the seed. Immutable, and safe for
 * use by several threads.
 */
public final class StandardWorkload {

  /** Trading days. */
  public static final int DAYS = 20;

  /** Strikes of each expiry. */
  public static final int STRIKES = 63;

  /** Expiries of each day. */
  public static final int EXPIRIES = 4;

  /** Rows of 100 that know their open interest. */
  public static final int OI_PERCENT = 80;

  private static final LocalDate FIRST_DAY = LocalDate.of(2026, 1, 5);
  private static final LocalDate FIRST_EXPIRY = LocalDate.of(2026, 2, 3);
  private static final int LOT = 65;
  private static final double GAP = 50;
  private static final double CENTRE = 24_500;
  private static final double TICKS_PER_UNIT = 20;

  private final long seed;
  private final Underlying underlying;

  /**
   * The workload of a seed.
   *
   * @param seed to be printed with the results
   */
  public StandardWorkload(long seed) {
    this.seed = seed;
    LocalDate longAgo = LocalDate.of(2000, 1, 1);
    TradingCalendar calendar =
        new TradingCalendar(
            "NSE",
            ZoneId.of("Asia/Kolkata"),
            EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
            Map.of(),
            Map.of(),
            LocalTime.of(9, 15),
            Duration.ofMinutes(375),
            LocalTime.of(15, 30));
    this.underlying =
        new Underlying(
            "NIFTY50",
            "Nifty 50",
            "NSE",
            calendar,
            OptionalDouble.of(GAP),
            List.of(new ExpiryRule(longAgo, DayOfWeek.TUESDAY, DayOfWeek.TUESDAY)),
            List.of(new LotRule(longAgo, LocalDate.of(9999, 12, 31), longAgo, LOT)),
            List.of(new CarryRule(longAgo, 0.065, 0)),
            true,
            PricingRules.USUAL.withTick(1 / TICKS_PER_UNIT));
  }

  /** The underlying, with its calendar. */
  public Underlying underlying() {
    return underlying;
  }

  /** The sessions, ascending. */
  public List<Session> sessions() {
    return Stream.iterate(FIRST_DAY, day -> day.plusDays(1))
        .flatMap(day -> underlying.calendar().session(day).stream())
        .limit(DAYS)
        .toList();
  }

  /** The expiries, ascending; all of them after the last session. */
  public List<LocalDate> expiries() {
    return IntStream.range(0, EXPIRIES).mapToObj(FIRST_EXPIRY::plusWeeks).toList();
  }

  /** The bars of one expiry and session. */
  public BarTable bars(LocalDate expiry, Session session) {
    int minutes = session.buckets(Timeframe.MIN1);
    double[] spot = spot(session, minutes);
    SplittableRandom random =
        new SplittableRandom(Seeds.mix(seed, expiry.toEpochDay(), session.open()));
    double years = Math.max(1, expiry.toEpochDay() - session.day().toEpochDay()) / 365.0;
    BarTable bars = new BarTable();
    for (int k = 0; k < STRIKES; k++) {
      addStrike(bars, CENTRE + (k - STRIKES / 2) * GAP, session, spot, years, random);
    }
    return bars;
  }

  private double[] spot(Session session, int minutes) {
    SplittableRandom random = new SplittableRandom(Seeds.mix(seed, session.open()));
    double[] spot = new double[minutes];
    double price = CENTRE;
    for (int m = 0; m < minutes; m++) {
      price += (CENTRE - price) * 0.01 + random.nextDouble(-8, 8);
      spot[m] = ticks(price);
    }
    return spot;
  }

  private static void addStrike(
      BarTable bars,
      double strike,
      Session session,
      double[] spot,
      double years,
      SplittableRandom random) {
    double[] volumeDay = new double[Side.values().length];
    double[] oi = {
      LOT * (double) random.nextInt(1000, 90_000), LOT * (double) random.nextInt(90_000)
    };
    for (int m = 0; m < spot.length; m++) {
      int row = bars.add(strike, session.open() + m * 60L);
      bars.set(row, BarColumns.UNDERLYING_CLOSE, spot[m]);
      bars.set(row, BarColumns.UNDERLYING_LAST, spot[m]);
      bars.set(row, BarColumns.UNDERLYING_SOURCE, UnderlyingSource.QUOTED.ordinal());
      bars.set(row, BarColumns.MONEYNESS, Moneyness.level(strike, atmStrike(spot[m]), GAP));
      bars.set(row, BarColumns.PROVENANCE, Provenance.IMPORTED.code());
      boolean knowsOi = random.nextInt(100) < OI_PERCENT;
      for (Side side : Side.values()) {
        int s = side.ordinal();
        double traded = LOT * (double) random.nextInt(40);
        volumeDay[s] += traded;
        oi[s] = Math.max(0, oi[s] + LOT * (double) random.nextInt(-20, 21));
        bars.set(row, side, SideColumn.VOLUME, traded);
        bars.set(row, side, SideColumn.VOLUME_DAY, volumeDay[s]);
        bars.set(row, side, SideColumn.OI_SUM, knowsOi ? oi[s] : Double.NaN);
        bars.set(row, side, SideColumn.OI_LAST, knowsOi ? oi[s] : Double.NaN);
        setModel(bars, row, side, strike, spot[m], years, random);
      }
    }
  }

  private static void setModel(
      BarTable bars,
      int row,
      Side side,
      double strike,
      double spot,
      double years,
      SplittableRandom random) {
    double iv = 0.13 + 1e-8 * (strike - spot) * (strike - spot) + random.nextDouble(0.002);
    double width = spot * iv * Math.sqrt(years);
    double away = (spot - strike) / width;
    double call = 1 / (1 + Math.exp(-1.7 * away));
    double density = Math.exp(-away * away / 2) / Math.sqrt(2 * Math.PI);
    double inside = side == Side.CALL ? spot - strike : strike - spot;
    double price =
        ticks(Math.max(0.05, Math.max(inside, 0) + width * density * Math.exp(-Math.abs(away))));
    double delta = side == Side.CALL ? call : call - 1;
    bars.set(row, side, SideColumn.IV_AVG, iv);
    bars.set(row, side, SideColumn.IV_COUNT, 1);
    bars.set(row, side, SideColumn.IV_SOURCE, IvSource.FEED.ordinal());
    bars.set(row, side, SideColumn.GREEKS_COUNT, 1);
    bars.set(row, side, SideColumn.COUNT, 1);
    bars.set(row, side, SideColumn.DELTA_AVG, delta);
    bars.set(row, side, SideColumn.GAMMA_AVG, density / width);
    bars.set(row, side, SideColumn.THETA_AVG, -width * density / (2 * years * 365));
    bars.set(row, side, SideColumn.VEGA_AVG, width * density / iv / 100);
    bars.set(row, side, SideColumn.RHO_AVG, delta * strike * years / 100);
    bars.set(row, side, SideColumn.OPEN, price);
    bars.set(row, side, SideColumn.HIGH, ticks(price * 1.01));
    bars.set(row, side, SideColumn.LOW, ticks(Math.max(0.05, price * 0.99)));
    bars.set(row, side, SideColumn.CLOSE, price);
    bars.set(row, side, SideColumn.BID, ticks(Math.max(0.05, price * 0.995)));
    bars.set(row, side, SideColumn.ASK, ticks(price * 1.005 + 0.05));
  }

  /** The lower one on a tie; the spot stays among the strikes. */
  private static double atmStrike(double spot) {
    return Math.ceil(spot / GAP - 0.5) * GAP;
  }

  private static double ticks(double price) {
    return Math.rint(price * TICKS_PER_UNIT) / TICKS_PER_UNIT;
  }
}
