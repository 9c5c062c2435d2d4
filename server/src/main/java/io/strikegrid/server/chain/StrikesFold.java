package io.strikegrid.server.chain;

import io.strikegrid.engine.grid.GridPage;
import io.strikegrid.engine.measure.StrikeWindow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Which strikes of an expiry a map shows, and how many values it can have. */
final class StrikesFold implements Fold {

  private static final long STRIKE_BYTES = 64;

  private final Optional<Integer> maxLevel;
  private final int mostValues;
  private final boolean needsMinutes;
  private final List<double[]> days = new ArrayList<>();

  /**
   * Of strikes that were seen, or of those among them that came within some levels of the money.
   *
   * @param mostValues that a map may have
   * @param needsMinutes whether what it is compared with is of one minute, whatever the timeframe
   */
  StrikesFold(Optional<Integer> maxLevel, int mostValues, boolean needsMinutes) {
    this.maxLevel = maxLevel;
    this.mostValues = mostValues;
    this.needsMinutes = needsMinutes;
  }

  @Override
  public boolean needsMinutes() {
    return needsMinutes;
  }

  /** All of them, ascending. */
  double[] strikes() {
    TreeSet<Double> strikes = new TreeSet<>();
    for (double[] day : days) {
      for (double strike : day) {
        strikes.add(strike);
      }
    }
    return strikes.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** With the values of the map, and what they are compared with on each day. */
  @Override
  public long bytes(long buckets, int count, int expiries, int strikes) {
    long shown = (long) strikes * count;
    return shown * STRIKE_BYTES + Math.min(mostValues, shown * buckets) * Double.BYTES;
  }

  @Override
  public void take(int day, int expiry, ChainSource.Bars bars, Part part) {
    GridPage page = bars.page();
    if (!part.hasBars()) {
      days.add(new double[0]);
      return;
    }
    boolean[] isShown =
        maxLevel.isPresent()
            ? StrikeWindow.near(page, bars.gap().size(), maxLevel.get(), part.first(), part.last())
            : StrikeWindow.seen(page, part.last());
    double[] shown = new double[isShown.length];
    int number = 0;
    for (int k = 0; k < isShown.length; k++) {
      if (isShown[k]) {
        shown[number++] = page.strike(k);
      }
    }
    days.add(Arrays.copyOf(shown, number));
  }

  @Override
  public void drop(int day) {
    while (days.size() > day) {
      days.removeLast();
    }
  }
}
