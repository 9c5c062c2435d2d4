package io.strikegrid.engine.pricing;

import io.strikegrid.engine.bar.BarTable;
import io.strikegrid.engine.bar.GreeksSource;
import io.strikegrid.engine.bar.IvSource;
import io.strikegrid.engine.bar.SideColumn;
import io.strikegrid.engine.market.Side;
import java.util.EnumMap;
import java.util.Map;

/**
 * Gives bars the implied volatility and Greeks that their feed did not, once per minute, from the
 * minute's last prices and its forward.
 *
 * <p>What a feed gave stays. What was computed before is computed anew, so that a corrected price
 * corrects it; Greeks that no feed gave follow from the side's IV, whoever gave that, and where it
 * has none from that of the other side of the same strike. An option without a solution keeps no
 * value, and its {@link IvReason} is counted.
 */
public final class BarPricing {

  private static final SideColumn[] GREEKS = SideColumn.greeks();

  private final ChainPricing chain = new ChainPricing();
  private final Greeks greeks = new Greeks();
  private final Map<IvReason, Long> unsolved = new EnumMap<>(IvReason.class);

  /** Has priced nothing yet. */
  public BarPricing() {}

  /**
   * Prices the bars of one expiry and minute in place.
   *
   * @param minute all bars of the minute
   * @param terms what they share
   * @param forward of the expiry then
   */
  public void apply(BarTable minute, ChainTerms terms, Forward forward) {
    chain.price(ChainQuotes.of(minute), terms, forward);
    for (int row = 0; row < minute.rows(); row++) {
      for (Side side : Side.values()) {
        if (minute.isObserved(row, side)) {
          writeIv(minute, row, side);
        }
      }
      for (Side side : Side.values()) {
        if (minute.isObserved(row, side)) {
          addGreeks(minute, row, side, terms);
        }
      }
    }
  }

  /** How many sides of bars have no volatility, by reason. */
  public Map<IvReason, Long> unsolved() {
    return unsolved;
  }

  private void writeIv(BarTable bars, int row, Side side) {
    if (bars.hasFeedIv(row, side)) {
      return;
    }
    SidePricing priced = chain.side(side);
    IvSource source = priced.source(row);
    bars.set(row, side, SideColumn.IV_AVG, priced.iv(row));
    bars.set(row, side, SideColumn.IV_COUNT, source == null ? 0 : 1);
    bars.set(row, side, SideColumn.IV_SOURCE, source == null ? Double.NaN : source.ordinal());
    IvReason reason = priced.reason(row);
    if (reason != null) {
      unsolved.merge(reason, 1L, Long::sum);
    }
  }

  private void addGreeks(BarTable bars, int row, Side side, ChainTerms terms) {
    if (bars.hasFeedGreeks(row, side)) {
      return;
    }
    double own = bars.get(row, side, SideColumn.IV_AVG);
    boolean hasOwn = !Double.isNaN(own);
    double volatility = hasOwn ? own : ivOfObserved(bars, row, side.other());
    SidePricing priced = chain.side(side);
    double[] values =
        hasOwn && !bars.hasFeedIv(row, side)
            ? new double[] {
              priced.delta(row),
              priced.gamma(row),
              priced.theta(row),
              priced.vega(row),
              priced.rho(row)
            }
            : greeksOf(bars.strike(row), side, volatility, terms);
    boolean isKnown = !Double.isNaN(values[0]);
    GreeksSource source = hasOwn ? GreeksSource.COMPUTED : GreeksSource.OTHER_SIDE;
    bars.set(row, side, SideColumn.GREEKS_COUNT, isKnown ? 1 : 0);
    bars.set(row, side, SideColumn.GREEKS_SOURCE, isKnown ? source.ordinal() : Double.NaN);
    for (int i = 0; i < GREEKS.length; i++) {
      bars.set(row, side, GREEKS[i], values[i]);
    }
  }

  private static double ivOfObserved(BarTable bars, int row, Side side) {
    return bars.isObserved(row, side) ? bars.get(row, side, SideColumn.IV_AVG) : Double.NaN;
  }

  /** The Greeks at a volatility that is given; unknown after the expiry or without a forward. */
  private double[] greeksOf(double strike, Side side, double volatility, ChainTerms terms) {
    if (!(volatility > 0 && terms.years() > 0)) {
      return new double[] {Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN};
    }
    greeks.at(
        side,
        chain.forward(),
        strike,
        terms.years(),
        volatility,
        terms.rate(),
        terms.yield(),
        chain.spot());
    return new double[] {
      greeks.delta(), greeks.gamma(), greeks.theta(), greeks.vega(), greeks.rho()
    };
  }
}
