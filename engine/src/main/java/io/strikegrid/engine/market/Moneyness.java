package io.strikegrid.engine.market;

import org.jspecify.annotations.Nullable;

/**
 * The one definition of moneyness: a signed level, counted in strike gaps from the underlying. It
 * is positive above the underlying for calls and puts alike; only the label depends on the side.
 */
public final class Moneyness {

  /** Furthest level that is told apart, on both sides. */
  public static final int FURTHEST = Short.MAX_VALUE;

  private static final double BEYOND = FURTHEST + 1.0;

  private Moneyness() {}

  /**
   * Level of a strike: {@code floor((strike - underlying) / gap + 0.5)}, so a strike half-way
   * between two levels belongs to the higher one.
   *
   * @param strike in the underlying's currency, finite
   * @param underlying price of the underlying, finite
   * @param gap strike gap, positive, in the same unit
   * @return 0 at the money, positive above, negative below; one more than {@link #FURTHEST} for all
   *     that is further away
   */
  public static int level(double strike, double underlying, double gap) {
    return (int) Math.clamp(Math.floor((strike - underlying) / gap + 0.5), -BEYOND, BEYOND);
  }

  /**
   * Label of a level as seen from a side.
   *
   * @param side a side, or null for both together
   * @return {@code ATM}; for a side {@code OTMn} or {@code ITMn}; for both {@code +n} or {@code -n}
   */
  public static String label(@Nullable Side side, int level) {
    if (level == 0) {
      return "ATM";
    }
    if (side == null) {
      return level > 0 ? "+" + level : Integer.toString(level);
    }
    boolean isOutOfTheMoney = (side == Side.CALL) == (level > 0);
    return (isOutOfTheMoney ? "OTM" : "ITM") + Math.abs(level);
  }
}
