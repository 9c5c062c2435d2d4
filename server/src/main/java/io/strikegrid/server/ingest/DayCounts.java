package io.strikegrid.server.ingest;

import io.strikegrid.engine.bar.BarBuilder;
import io.strikegrid.engine.bar.Observation;
import java.util.ArrayList;
import java.util.List;

/** How the rows of a day, or of one expiry of it, fared. */
final class DayCounts {

  private final long[] rows = new long[RowFate.values().length];
  private final int[] firstLine = new int[RowFate.values().length];
  private int duplicates;
  private final List<Observation> dropouts = new ArrayList<>();
  private final List<Observation> conflicts = new ArrayList<>();

  void add(RowFate fate, int line) {
    int i = fate.ordinal();
    rows[i]++;
    firstLine[i] = rows[i] == 1 ? line : Math.min(firstLine[i], line);
  }

  void add(DayCounts other) {
    for (int i = 0; i < rows.length; i++) {
      if (other.rows[i] > 0) {
        firstLine[i] =
            rows[i] == 0 ? other.firstLine[i] : Math.min(firstLine[i], other.firstLine[i]);
        rows[i] += other.rows[i];
      }
    }
    duplicates += other.duplicates;
    dropouts.addAll(other.dropouts);
    conflicts.addAll(other.conflicts);
  }

  /** Takes what building the bars found; building again finds the same. */
  void setBuilt(BarBuilder.Result result) {
    duplicates = result.duplicates();
    dropouts.clear();
    dropouts.addAll(result.dropouts());
    conflicts.clear();
    conflicts.addAll(result.conflicts());
  }

  long rows(RowFate fate) {
    return rows[fate.ordinal()];
  }

  int firstLine(RowFate fate) {
    return firstLine[fate.ordinal()];
  }

  int duplicates() {
    return duplicates;
  }

  List<Observation> dropouts() {
    return dropouts;
  }

  List<Observation> conflicts() {
    return conflicts;
  }
}
