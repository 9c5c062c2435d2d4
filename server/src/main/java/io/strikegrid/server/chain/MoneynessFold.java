package io.strikegrid.server.chain;

import io.strikegrid.engine.measure.Indicator;
import io.strikegrid.engine.measure.MoneynessSeries;
import io.strikegrid.server.view.Sides;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A measure at each level of each asked expiry, a line for each. */
final class MoneynessFold implements Fold {

  private static final long RUN_BYTES = 64;
  private static final long LONGEST_DAY = 1_440;

  private final Indicator indicator;
  private final Sides sides;
  private final int maxLevel;
  private final List<List<Line>> lines = new ArrayList<>();
  private final double[][] day;

  MoneynessFold(Indicator indicator, Sides sides, int maxLevel, int expiries) {
    this.indicator = indicator;
    this.sides = sides;
    this.maxLevel = maxLevel;
    this.day = new double[2 * maxLevel + 1][0];
    for (int i = 0; i < expiries; i++) {
      List<Line> levels = new ArrayList<>();
      for (int level = -maxLevel; level <= maxLevel; level++) {
        levels.add(new Line(indicator.isExact()));
      }
      lines.add(levels);
    }
  }

  /** The line of an asked expiry at a level. */
  Line line(int expiry, int level) {
    return lines.get(expiry).get(level + maxLevel);
  }

  /** Every level may have a value in each bucket: strikes wander through them. */
  @Override
  public long bytes(long buckets, int days, int expiries, int strikes) {
    long levels = 2L * maxLevel + 1;
    long value = indicator.isExact() ? Double.BYTES : Float.BYTES;
    return levels * (expiries * (buckets * value + days * RUN_BYTES) + LONGEST_DAY * Double.BYTES)
        + buckets * Double.BYTES;
  }

  @Override
  public void take(int number, int expiry, ChainSource.Bars bars, Part part) {
    int count = part.end() - part.low();
    for (int i = 0; i < day.length; i++) {
      if (day[i].length < count) {
        day[i] = new double[count];
      }
      Arrays.fill(day[i], 0, count, Double.NaN);
    }
    MoneynessSeries.fill(
        bars.page(),
        indicator,
        sides.one().orElse(null),
        bars.gap().size(),
        maxLevel,
        part.low(),
        part.end(),
        day,
        0);
    for (int i = 0; i < day.length; i++) {
      lines.get(expiry).get(i).put(number, part.low(), day[i], count);
    }
  }

  @Override
  public void drop(int number) {
    lines.forEach(levels -> levels.forEach(line -> line.drop(number)));
  }
}
