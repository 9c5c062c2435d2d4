package io.strikegrid.engine.pricing;

import io.strikegrid.engine.bar.BarColumns;
import io.strikegrid.engine.bar.BarTable;
import io.strikegrid.engine.bar.IvSource;
import io.strikegrid.engine.bar.SideColumn;
import io.strikegrid.engine.bar.UnderlyingSource;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.market.Underlying;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Gives bars the implied volatility and Greeks that their feed did not, once per minute, from the
 * minute's last prices and its forward by parity, else from a quoted underlying.
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
  private final boolean spotIsForward;
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
    this.spotIsForward = underlying.spotIsForward();
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
      priceMinute(bars, rows, ParityForward.years(seen, expiryAt));
    });
  }

  /** How many sides of bars have no volatility, by reason. */
  public Map<IvReason, Long> unsolved() {
    return unsolved;
  }

  private void priceMinute(BarTable bars, List<Integer> rows, double years) {
    double spot = Double.NaN;
    boolean isQuoted = false;
    for (int row : rows) {
      double price = bars.get(row, BarColumns.UNDERLYING_CLOSE);
      spot = Double.isNaN(price) ? spot : price;
      isQuoted |= bars.get(row, BarColumns.UNDERLYING_SOURCE) == UnderlyingSource.QUOTED.ordinal();
    }
    double forward = parity(bars, rows, years);
    if (Double.isNaN(forward) && isQuoted && years >= 0) {
      forward = ParityForward.fromSpot(spot, rate, yield, years);
    }
    boolean hasSpot = !Double.isNaN(spot) && !spotIsForward;
    double base = hasSpot ? spot : forward * (spotIsForward ? 1 : carryBack(years));
    for (int row : rows) {
      for (Side side : Side.values()) {
        if (bars.isObserved(row, side)) {
          price(bars, row, side, base, forward, years);
        }
      }
    }
  }

  private double carryBack(double years) {
    return Math.exp(-(rate - yield) * years);
  }

  private double parity(BarTable bars, List<Integer> rows, double years) {
    double[] strikes = new double[rows.size()];
    double[] calls = new double[rows.size()];
    double[] puts = new double[rows.size()];
    for (int i = 0; i < strikes.length; i++) {
      int row = rows.get(i);
      strikes[i] = bars.strike(row);
      boolean quoted = isQuoted(bars, row, Side.CALL) && isQuoted(bars, row, Side.PUT);
      calls[i] = price(bars, row, Side.CALL, quoted);
      puts[i] = price(bars, row, Side.PUT, quoted);
    }
    return ParityForward.of(strikes, calls, puts, rate, years);
  }

  private static boolean isQuoted(BarTable bars, int row, Side side) {
    return bars.get(row, side, SideColumn.BID) > 0 && bars.get(row, side, SideColumn.ASK) > 0;
  }

  private static double price(BarTable bars, int row, Side side, boolean quoted) {
    return ParityForward.price(
        quoted,
        bars.get(row, side, SideColumn.BID),
        bars.get(row, side, SideColumn.ASK),
        bars.get(row, side, SideColumn.CLOSE));
  }

  private void price(BarTable bars, int row, Side side, double spot, double forward, double years) {
    boolean isFeed = bars.get(row, side, SideColumn.IV_SOURCE) == IvSource.FEED.ordinal();
    double strike = bars.strike(row);
    double volatility;
    if (isFeed) {
      if (bars.get(row, side, SideColumn.GREEKS_COUNT) > 0) {
        return;
      }
      volatility = bars.get(row, side, SideColumn.IV_AVG);
    } else {
      boolean quoted = isQuoted(bars, row, side);
      double price = price(bars, row, side, quoted);
      volatility = ImpliedVolatility.of(side, price, forward, strike, years, rate);
      boolean isSolved = !Double.isNaN(volatility);
      IvSource source = quoted ? IvSource.MID : IvSource.LAST;
      bars.set(row, side, SideColumn.IV_AVG, volatility);
      bars.set(row, side, SideColumn.IV_COUNT, isSolved ? 1 : 0);
      bars.set(row, side, SideColumn.IV_SOURCE, isSolved ? source.ordinal() : Double.NaN);
      count(isSolved ? null : ImpliedVolatility.reason(side, price, forward, strike, years, rate));
    }
    boolean hasGreeks = volatility > 0 && spot > 0 && forward > 0 && years > 0;
    setGreeks(
        bars,
        row,
        side,
        hasGreeks ? new Black76(side, spot, forward, strike, years, volatility, rate) : null);
  }

  private void count(@Nullable IvReason reason) {
    if (reason != null) {
      unsolved.merge(reason, 1L, Long::sum);
    }
  }

  private static void setGreeks(BarTable bars, int row, Side side, @Nullable Black76 option) {
    bars.set(row, side, SideColumn.GREEKS_COUNT, option == null ? 0 : 1);
    double[] values =
        option == null
            ? new double[] {Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN}
            : new double[] {
              option.delta(), option.gamma(), option.theta(), option.vega(), option.rho()
            };
    for (int i = 0; i < GREEKS.length; i++) {
      bars.set(row, side, GREEKS[i], values[i]);
    }
  }
}
