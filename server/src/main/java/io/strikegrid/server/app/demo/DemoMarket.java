package io.strikegrid.server.app.demo;

import io.strikegrid.engine.bar.Observation;
import io.strikegrid.engine.bar.ObservationField;
import io.strikegrid.engine.market.ExpiryRule;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.pricing.Black76;
import io.strikegrid.engine.pricing.Greeks;
import io.strikegrid.engine.pricing.ParityForward;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Observations of a market that does not exist, up to the last complete minute.
 *
 * <p>They cover nine hours, and always two UTC days, of which the earlier has at least three. A
 * minute depends on the seed and itself alone: generated again later, minutes that both have are
 * the same. Each observation speaks for its whole minute, so they are to be built as ready-made
 * bars, and to be stored as simulated.
 */
public final class DemoMarket {

  /** The symbol, in the market file that ships. */
  public static final String SYMBOL = "DEMO";

  private static final int STRIKES_EACH_SIDE = 20;
  private static final int CONTRACTS = (2 * STRIKES_EACH_SIDE + 1) * 2;
  private static final int EXPIRIES = 2;
  private static final int MINUTES_PER_DAY = 1440;
  private static final int MINUTES = 9 * 60;
  private static final int FEWEST_OF_EARLIER_DAY = 3 * 60;
  private static final int SEEN_AT_SECOND = 57;
  private static final double TICK = 0.05;

  private final Underlying underlying;
  private final LocalDate day;
  private final LocalDate expiry;
  private final DemoSpot spot;
  private final double lot;
  private final double[] strikes = new double[CONTRACTS];
  private final DemoFlow[] flows = new DemoFlow[CONTRACTS];

  private DemoMarket(Underlying underlying, LocalDate day, LocalDate expiry, long seed) {
    this.underlying = underlying;
    this.day = day;
    this.expiry = expiry;
    this.spot = DemoSpot.of(day, seed);
    this.lot = underlying.lot(expiry, day).orElseThrow();
    double gap = underlying.strikeGap().orElseThrow();
    for (int i = 0; i < CONTRACTS; i++) {
      strikes[i] = DemoSpot.LEVEL + (i / 2 - STRIKES_EACH_SIDE) * gap;
      flows[i] = DemoFlow.of(strikes[i], side(i), expiry, day, lot, seed);
    }
  }

  /** The market of a day, by expiry. */
  static NavigableMap<LocalDate, DemoMarket> of(Underlying demo, LocalDate day, long seed) {
    NavigableMap<LocalDate, DemoMarket> markets = new TreeMap<>();
    for (LocalDate expiry : expiries(demo, day)) {
      markets.put(expiry, new DemoMarket(demo, day, expiry, seed));
    }
    return markets;
  }

  /**
   * Generates the sample.
   *
   * @param demo trades around the clock in UTC days, with a strike gap, an expiry rule and a lot
   * @param now time up to which it goes; the minute that holds it is not complete
   * @return by trading day, by expiry, observations in order of time
   */
  public static NavigableMap<LocalDate, NavigableMap<LocalDate, List<Observation>>> generate(
      Underlying demo, Instant now, long seed) {
    long newest = Math.floorDiv(now.getEpochSecond(), 60) - 1;
    LocalDate today = Instant.ofEpochSecond(newest * 60).atZone(ZoneOffset.UTC).toLocalDate();
    int last = (int) Math.floorMod(newest, (long) MINUTES_PER_DAY);
    int ofToday = Math.min(last + 1, MINUTES - FEWEST_OF_EARLIER_DAY);
    List<LocalDate> expiries = expiries(demo, today);
    NavigableMap<LocalDate, NavigableMap<LocalDate, List<Observation>>> days = new TreeMap<>();
    for (LocalDate day : List.of(today.minusDays(1), today)) {
      int to = day.equals(today) ? last : MINUTES_PER_DAY - 1;
      int from = to + 1 - (day.equals(today) ? ofToday : MINUTES - ofToday);
      NavigableMap<LocalDate, List<Observation>> byExpiry = new TreeMap<>();
      for (LocalDate expiry : expiries) {
        byExpiry.put(expiry, new DemoMarket(demo, day, expiry, seed).observations(from, to));
      }
      days.put(day, byExpiry);
    }
    return days;
  }

  /** The next expiries after a day. */
  private static List<LocalDate> expiries(Underlying demo, LocalDate day) {
    ExpiryRule rule = demo.expiryRules().getLast();
    return Stream.iterate(day.plusDays(1), date -> date.plusDays(1))
        .filter(rule::schedules)
        .limit(EXPIRIES)
        .toList();
  }

  private List<Observation> observations(int from, int to) {
    List<Observation> observations = new ArrayList<>((to - from + 1) * CONTRACTS);
    for (int minute = from; minute <= to; minute++) {
      for (int i = 0; i < CONTRACTS; i++) {
        observations.add(observation(i, minute, observations.size() + 1));
      }
    }
    return observations;
  }

  private static Side side(int contract) {
    return Side.values()[contract % 2];
  }

  private Observation observation(int contract, int minute, int line) {
    long time = day.toEpochDay() * 86_400 + minute * 60L + SEEN_AT_SECOND;
    double[] values = values(contract, spot.at(minute + 1), time);
    double close = values[ObservationField.PRICE.ordinal()];
    double strike = strikes[contract];
    double before = spot.at(minute);
    double iv = values[ObservationField.IV.ordinal()];
    double open = onTick(price(side(contract), strike, before, iv, time - 60));
    double half = halfSpread(close);
    set(values, ObservationField.OPEN, open);
    set(values, ObservationField.HIGH, onTick(Math.max(open, close) + half / 2));
    set(values, ObservationField.LOW, onTick(Math.min(open, close) - half / 2));
    setFlow(values, flows[contract], flows[contract].volumeDay(minute), minute);
    return new Observation(strike, side(contract), time * 1000, time, line, values);
  }

  /**
   * The contracts that tick in a second: the nearer to the money the more often, and all of them
   * near the end of a minute.
   */
  List<Observation> ticks(long second) {
    int minute = (int) (Math.floorMod(second, 86_400L) / 60);
    int of = (int) Math.floorMod(second, 60L);
    double share = (of + 1) / 60.0;
    double price = spot.at(minute) + share * (spot.at(minute + 1) - spot.at(minute));
    double shown = Math.rint(price * 100) / 100;
    List<Observation> ticks = new ArrayList<>();
    for (int i = 0; i < CONTRACTS; i++) {
      int every = 2 + (int) (Math.abs(strikes[i] - price) / 100);
      if (of == SEEN_AT_SECOND || Math.floorMod(second + 7L * i, every) == 0) {
        double[] values = values(i, shown, second);
        DemoFlow flow = flows[i];
        double before = minute == 0 ? 0 : flow.volumeDay(minute - 1);
        double traded = (flow.volumeDay(minute) - before) * (of >= SEEN_AT_SECOND ? 1 : share);
        setFlow(values, flow, before + Math.floor(traded / lot) * lot, minute);
        ticks.add(new Observation(strikes[i], side(i), second * 1000, second, 0, values));
      }
    }
    return ticks;
  }

  private double[] values(int contract, double price, long time) {
    double strike = strikes[contract];
    Side side = side(contract);
    double iv = iv(strike, price, years(time));
    Greeks greeks = greeks(side, strike, price, iv, time);
    double close = onTick(price(side, strike, price, iv, time));
    double half = halfSpread(close);
    double[] values = new double[ObservationField.values().length];
    Arrays.fill(values, Double.NaN);
    set(values, ObservationField.PRICE, close);
    set(values, ObservationField.BID, close - half > 0 ? onTick(close - half) : Double.NaN);
    set(values, ObservationField.ASK, onTick(close + half));
    set(values, ObservationField.IV, iv);
    set(values, ObservationField.DELTA, greeks.delta());
    set(values, ObservationField.GAMMA, greeks.gamma());
    set(values, ObservationField.THETA, greeks.theta());
    set(values, ObservationField.VEGA, greeks.vega());
    set(values, ObservationField.RHO, greeks.rho());
    set(values, ObservationField.UNDERLYING, price);
    return values;
  }

  private static double halfSpread(double price) {
    return TICK * Math.ceil((0.003 * price + TICK) / TICK / 2);
  }

  private static void setFlow(double[] values, DemoFlow flow, double volumeDay, int minute) {
    set(values, ObservationField.VOLUME_DAY, volumeDay);
    set(values, ObservationField.OI, flow.oi(minute));
    set(values, ObservationField.OI_CHANGE, flow.oi(minute) - flow.previousClose());
  }

  private double price(Side side, double strike, double price, double iv, long time) {
    double years = years(time);
    return Black76.price(side, forward(price, years), strike, years, iv, underlying.rate(day));
  }

  private Greeks greeks(Side side, double strike, double price, double iv, long time) {
    double years = years(time);
    double rate = underlying.rate(day);
    double yield = underlying.yield(day);
    return new Greeks().at(side, forward(price, years), strike, years, iv, rate, yield, price);
  }

  private double forward(double price, double years) {
    return ParityForward.fromSpot(price, underlying.rate(day), underlying.yield(day), years);
  }

  private double years(long time) {
    return ParityForward.years(time, underlying.calendar().expiryAt(expiry).getEpochSecond());
  }

  /** A smile: dearer away from the money, more so below it, flatter for later expiries. */
  private double iv(double strike, double price, double years) {
    double away = Math.log(strike / price) / Math.sqrt(years + 0.02);
    double level = 0.135 + 0.01 * Math.sin(price / 40) + 0.004 * Math.sqrt(years);
    return Math.clamp(level * (1 - 0.55 * away + 1.6 * away * away), 0.06, 0.8);
  }

  private static void set(double[] values, ObservationField field, double value) {
    values[field.ordinal()] = value;
  }

  /** The nearest price on a tick, one tick at least. */
  private static double onTick(double price) {
    return Math.max(1, Math.rint(price / TICK)) / Math.rint(1 / TICK);
  }
}
