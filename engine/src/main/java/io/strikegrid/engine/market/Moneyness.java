package io.strikegrid.engine.market;

import java.util.Arrays;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The one definition of moneyness: the strike at the money, and a signed level, counted in strike
 * gaps from it. It is positive above for calls and puts alike; only the label depends on the side.
 */
public final class Moneyness {

  /** Furthest level that is told apart, on both sides. */
  public static final int FURTHEST = Short.MAX_VALUE;

  private static final double BEYOND = FURTHEST + 1.0;

  private Moneyness() {}

  /**
   * The strike at the money: the listed one nearest the underlying, the lower one on a tie.
   *
   * @param strikes ascending, in the first {@code count} places
   * @param count how many strikes there are
   * @param underlying price of the underlying; NaN where not known
   * @param isListed whether the strike of a position is listed
   * @return its position; -1 where no strike is listed or the underlying is not known
   */
  public static int atTheMoney(
      double[] strikes, int count, double underlying, IntPredicate isListed) {
    if (Double.isNaN(underlying)) {
      return -1;
    }
    int found = Arrays.binarySearch(strikes, 0, count, underlying);
    int above = found < 0 ? -found - 1 : found;
    int below = above - 1;
    while (above < count && !isListed.test(above)) {
      above++;
    }
    while (below >= 0 && !isListed.test(below)) {
      below--;
    }
    if (below < 0) {
      return above < count ? above : -1;
    }
    boolean isBelow = above == count || underlying - strikes[below] <= strikes[above] - underlying;
    return isBelow ? below : above;
  }

  /**
   * Level of a strike: {@code floor((strike - atmStrike) / gap + 0.5)}, so a strike half-way
   * between two levels belongs to the higher one.
   *
   * @param strike in the underlying's currency, finite
   * @param atmStrike the strike at the money, finite
   * @param gap strike gap, positive, in the same unit
   * @return 0 at the money, positive above, negative below; one more than {@link #FURTHEST} for all
   *     that is further away
   */
  public static int level(double strike, double atmStrike, double gap) {
    return (int) Math.clamp(Math.floor((strike - atmStrike) / gap + 0.5), -BEYOND, BEYOND);
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
