package io.strikegrid.server.rollup;

import io.strikegrid.engine.bar.BarColumns;
import io.strikegrid.engine.bar.BarMerge;
import io.strikegrid.engine.bar.BarTable;
import io.strikegrid.engine.bar.ListedStrikes;
import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.engine.market.Moneyness;
import io.strikegrid.engine.market.StrikeGap;
import io.strikegrid.engine.market.Underlying;
import java.util.Arrays;
import java.util.stream.IntStream;

/** What is done to a day's bars between building them and writing them. */
final class BarMerging {

  private BarMerging() {}

  /** The bars with a provenance, as a table of their own. */
  static BarTable with(BarTable bars, Provenance provenance) {
    return BarMerge.merge(new BarTable(), bars, provenance);
  }

  /** The strike gap of an expiry: the instrument's, else the one seen near the money. */
  static double gap(Underlying underlying, BarTable bars) {
    if (underlying.strikeGap().isPresent()) {
      return underlying.strikeGap().getAsDouble();
    }
    double[] strikes =
        IntStream.range(0, bars.rows()).mapToDouble(bars::strike).distinct().toArray();
    double price =
        IntStream.range(0, bars.rows())
            .mapToDouble(row -> bars.get(row, BarColumns.UNDERLYING_CLOSE))
            .filter(p -> !Double.isNaN(p))
            .findFirst()
            .orElse(Double.NaN);
    return StrikeGap.inferred(strikes, strikes.length, price);
  }

  /** Sets each row's level by its own underlying; unknown without one. */
  static void setLevels(BarTable bars, ListedStrikes listed, double gap) {
    for (int row = 0; row < bars.rows(); row++) {
      double atmStrike =
          listed.atTheMoney(bars.get(row, BarColumns.UNDERLYING_CLOSE), bars.bucket(row));
      boolean known = !Double.isNaN(atmStrike) && !Double.isNaN(gap);
      double level = known ? Moneyness.level(bars.strike(row), atmStrike, gap) : Double.NaN;
      boolean fits = Math.abs(level) <= Moneyness.FURTHEST;
      bars.set(row, BarColumns.MONEYNESS, fits ? level : Double.NaN);
    }
  }

  /** Positions of the merged rows that the store lacks or has otherwise. */
  static int[] changed(BarTable stored, BarTable merged) {
    int[] rows = new int[merged.rows()];
    int count = 0;
    int i = 0;
    for (int row = 0; row < merged.rows(); row++) {
      boolean there =
          i < stored.rows()
              && stored.strike(i) == merged.strike(row)
              && stored.bucket(i) == merged.bucket(row);
      if (!there || !merged.sameValues(row, stored, i)) {
        rows[count++] = row;
      }
      i += there ? 1 : 0;
    }
    return Arrays.copyOf(rows, count);
  }

  /** Of the given rows, those that are the newest of their strike in the table. */
  static int[] newest(BarTable bars, int[] rows) {
    return Arrays.stream(rows)
        .filter(r -> r == bars.rows() - 1 || bars.strike(r) != bars.strike(r + 1))
        .toArray();
  }
}
