package io.strikegrid.engine.market;

/** The strike gap where the instrument does not say it: read off the strikes themselves. */
public final class StrikeGap {

  private static final int NEAREST = 21;
  private static final double RELATIVE_TOLERANCE = 1e-9;

  private StrikeGap() {}

  /**
   * Most common distance of neighbours among the up to 21 strikes nearest the underlying; the
   * smallest one on a tie.
   *
   * @param sortedStrikes strikes, ascending, without repeats, in the first {@code count} places
   * @param count how many strikes there are
   * @param underlying price of the underlying; NaN where not known, then the middle of the list
   *     stands for it
   * @return a positive distance, or NaN with fewer than two strikes
   */
  public static double inferred(double[] sortedStrikes, int count, double underlying) {
    if (count < 2) {
      return Double.NaN;
    }
    int size = Math.min(count, NEAREST);
    int first = firstOfNearest(sortedStrikes, count, size, underlying);
    double best = Double.NaN;
    int bestTimes = 0;
    for (int i = first + 1; i < first + size; i++) {
      double gap = sortedStrikes[i] - sortedStrikes[i - 1];
      int times = timesSeen(sortedStrikes, first, size, gap);
      if (times > bestTimes || (times == bestTimes && gap < best)) {
        best = gap;
        bestTimes = times;
      }
    }
    return best;
  }

  private static int firstOfNearest(double[] strikes, int count, int size, double underlying) {
    if (Double.isNaN(underlying)) {
      return (count - size) / 2;
    }
    int first = 0;
    while (first + size < count
        && underlying - strikes[first] > strikes[first + size] - underlying) {
      first++;
    }
    return first;
  }

  private static int timesSeen(double[] strikes, int first, int size, double gap) {
    int times = 0;
    for (int i = first + 1; i < first + size; i++) {
      double other = strikes[i] - strikes[i - 1];
      if (Math.abs(other - gap) <= RELATIVE_TOLERANCE * Math.abs(strikes[i])) {
        times++;
      }
    }
    return times;
  }
}
