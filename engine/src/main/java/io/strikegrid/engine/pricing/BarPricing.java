package io.strikegrid.engine.pricing;

import io.strikegrid.engine.bar.BarColumns;
import io.strikegrid.engine.bar.BarTable;
import io.strikegrid.engine.bar.IvSource;
import io.strikegrid.engine.bar.SideColumn;
import io.strikegrid.engine.bar.UnderlyingSource;
import io.strikegrid.engine.market.PricingRules;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.market.Underlying;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Gives bars the implied volatility and Greeks that their feed did not, once per minute, from the
 * minute's last prices and its forward.
 *
 * <p>What a feed gave stays. What was computed before is computed anew, so that a corrected price
 * corrects it. Where a feed gives IV without Greeks, the Greeks follow from its IV. An option
 * without a solution keeps no value, and its {@link IvReason} is counted.
 */
public final class BarPricing {

  private static final SideColumn[] GREEKS = SideColumn.greeks();

  private final long expiryAt;
  private final double rate;
  private final double yield;
  private final PricingRules rules;
  private final ChainQuotes quotes = new ChainQuotes();
  private final ChainPricing chain = new ChainPricing();
  private final Greeks greeks = new Greeks();
  private final Map<IvReason, Long> unsolved = new EnumMap<>(IvReason.class);

  /**
   * Prices one expiry on one trading day.
   *
   * @param underlying gives rate, yield and time of expiry
   */
  public BarPricing(Underlying underlying, LocalDate expiry, LocalDate day) {
    this.expiryAt = underlying.calendar().expiryAt(expiry).getEpochSecond();
    this.rate = underlying.rate(day);
    this.yield = underlying.yield(day);
    this.rules = underlying.pricing();
  }

  /**
   * Prices bars in place.
   *
   * @param bars of the expiry and day; a minute's bars must be complete, or its forward is not
   * @param lastObservation by minute, the event time of its last observation, epoch seconds; where
   *     a minute has none, its last second stands in
   */
  public void apply(BarTable bars, Map<Long, Long> lastObservation) {
    TreeMap<Long, List<Integer>> minutes = new TreeMap<>();
    for (int row = 0; row < bars.rows(); row++) {
      minutes.computeIfAbsent(bars.bucket(row), m -> new ArrayList<>()).add(row);
    }
    minutes.forEach((minute, rows) -> {
      long seen = lastObservation.getOrDefault(minute, minute + 59);
      ChainTerms terms = terms(bars, rows, ParityForward.years(seen, expiryAt));
      take(bars, rows);
      chain.price(quotes, terms);
      for (int k = 0; k < rows.size(); k++) {
        for (Side side : Side.values()) {
          if (bars.isObserved(rows.get(k), side)) {
            write(bars, rows.get(k), side, k, terms);
          }
        }
      }
    });
  }

  /** The underlying of a minute is its quoted one, else the stand-in. */
  private ChainTerms terms(BarTable bars, List<Integer> rows, double years) {
    double price = Double.NaN;
    boolean isQuoted = false;
    for (int row : rows) {
      boolean quoted =
          bars.get(row, BarColumns.UNDERLYING_SOURCE) == UnderlyingSource.QUOTED.ordinal();
      if (quoted || Double.isNaN(price)) {
        price = bars.get(row, BarColumns.UNDERLYING_CLOSE);
      }
      isQuoted |= quoted;
    }
    return new ChainTerms(price, isQuoted, rate, yield, years, rules);
  }

  private void take(BarTable bars, List<Integer> rows) {
    quotes.clear();
    for (int row : rows) {
      int k = quotes.add(bars.strike(row));
      for (Side side : Side.values()) {
        quotes.set(
            k,
            side,
            bars.get(row, side, SideColumn.BID),
            bars.get(row, side, SideColumn.ASK),
            bars.get(row, side, SideColumn.CLOSE));
      }
    }
  }

  /** How many sides of bars have no volatility, by reason. */
  public Map<IvReason, Long> unsolved() {
    return unsolved;
  }

  private void write(BarTable bars, int row, Side side, int k, ChainTerms terms) {
    SidePricing priced = chain.side(side);
    boolean isFeed = bars.get(row, side, SideColumn.IV_SOURCE) == IvSource.FEED.ordinal();
    if (isFeed) {
      if (bars.get(row, side, SideColumn.GREEKS_COUNT) == 0) {
        double volatility = bars.get(row, side, SideColumn.IV_AVG);
        writeGreeks(bars, row, side, greeksOf(bars.strike(row), side, volatility, terms));
      }
      return;
    }
    IvSource source = priced.source(k);
    bars.set(row, side, SideColumn.IV_AVG, priced.iv(k));
    bars.set(row, side, SideColumn.IV_COUNT, source == null ? 0 : 1);
    bars.set(row, side, SideColumn.IV_SOURCE, source == null ? Double.NaN : source.ordinal());
    writeGreeks(
        bars,
        row,
        side,
        new double[] {
          priced.delta(k), priced.gamma(k), priced.theta(k), priced.vega(k), priced.rho(k)
        });
    IvReason reason = priced.reason(k);
    if (reason != null) {
      unsolved.merge(reason, 1L, Long::sum);
    }
  }

  /** The Greeks at a volatility of the feed; unknown after the expiry or without a forward. */
  private double[] greeksOf(double strike, Side side, double volatility, ChainTerms terms) {
    if (!(volatility > 0 && terms.years() > 0)) {
      return new double[] {Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN};
    }
    greeks.at(side, chain.forward(), strike, terms.years(), volatility, rate, yield, chain.spot());
    return new double[] {
      greeks.delta(), greeks.gamma(), greeks.theta(), greeks.vega(), greeks.rho()
    };
  }

  private static void writeGreeks(BarTable bars, int row, Side side, double[] values) {
    bars.set(row, side, SideColumn.GREEKS_COUNT, Double.isNaN(values[0]) ? 0 : 1);
    for (int i = 0; i < GREEKS.length; i++) {
      bars.set(row, side, GREEKS[i], values[i]);
    }
  }
}
