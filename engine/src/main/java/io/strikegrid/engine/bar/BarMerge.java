package io.strikegrid.engine.bar;

import io.strikegrid.engine.market.Side;

/**
 * How incoming bars meet the stored ones of the same (symbol, expiry, trading day).
 *
 * <p>A live bar replaces what is there. An import or a backfill replaces imported and backfilled
 * sides, and of a live row fills only a side that is absent. An unknown value never replaces a
 * known one, and a bar that is equal but for its provenance changes nothing, unless it is live.
 * Values that were observed together are replaced together: IV with its count and source, the
 * Greeks with theirs, the four prices.
 */
public final class BarMerge {

  private static final SideColumn[] PRICES = {
    SideColumn.OPEN, SideColumn.HIGH, SideColumn.LOW, SideColumn.CLOSE
  };
  private static final SideColumn[] ALONE = {
    SideColumn.VOLUME,
    SideColumn.VOLUME_DAY,
    SideColumn.OI_SUM,
    SideColumn.OI_LAST,
    SideColumn.BID,
    SideColumn.ASK
  };

  private BarMerge() {}

  /**
   * The union of both tables, by key.
   *
   * @param stored what the store holds, with its provenance
   * @param incoming what came, without a provenance
   * @param provenance where the incoming bars are from
   */
  public static BarTable merge(BarTable stored, BarTable incoming, Provenance provenance) {
    return merge(stored, incoming, provenance, false);
  }

  /**
   * The union of both tables, by key.
   *
   * @param stored what the store holds, with its provenance
   * @param incoming what came, without a provenance
   * @param provenance where the incoming bars are from
   * @param whole whether an incoming side is made of all that was observed of it: then it replaces
   *     the side of a row of the same provenance as a whole, unknown values too
   */
  public static BarTable merge(
      BarTable stored, BarTable incoming, Provenance provenance, boolean whole) {
    BarTable merged = new BarTable();
    int i = 0;
    int j = 0;
    while (i < stored.rows() || j < incoming.rows()) {
      int order = order(stored, i, incoming, j);
      if (order < 0) {
        merged.addCopy(stored, i++);
      } else if (order > 0) {
        int row = merged.addCopy(incoming, j++);
        merged.set(row, BarColumns.PROVENANCE, provenance.code());
      } else {
        int row = merged.addCopy(stored, i);
        mergeRow(merged, row, incoming, j++, provenance, whole);
        boolean isNew = provenance == Provenance.LIVE || !merged.sameValues(row, stored, i);
        i++;
        if (isNew && !isFillOnly(merged, row, provenance)) {
          merged.set(row, BarColumns.PROVENANCE, provenance.code());
        }
      }
    }
    return merged;
  }

  private static int order(BarTable stored, int i, BarTable incoming, int j) {
    if (i == stored.rows()) {
      return 1;
    }
    if (j == incoming.rows()) {
      return -1;
    }
    return stored.compare(i, incoming.strike(j), incoming.bucket(j));
  }

  private static void mergeRow(
      BarTable merged, int row, BarTable incoming, int from, Provenance provenance, boolean whole) {
    boolean fillOnly = isFillOnly(merged, row, provenance);
    boolean replaces = whole && merged.get(row, BarColumns.PROVENANCE) == provenance.code();
    mergeUnderlying(merged, row, incoming, from, fillOnly);
    for (Side side : Side.values()) {
      if (incoming.isObserved(from, side) && !(fillOnly && merged.isObserved(row, side))) {
        if (replaces) {
          merged.clear(row, side);
        }
        mergeSide(merged, row, incoming, from, side);
      }
    }
  }

  private static boolean isFillOnly(BarTable merged, int row, Provenance provenance) {
    return merged.get(row, BarColumns.PROVENANCE) == Provenance.LIVE.code()
        && provenance != Provenance.LIVE;
  }

  private static void mergeUnderlying(
      BarTable merged, int row, BarTable incoming, int from, boolean fillOnly) {
    double have = merged.get(row, BarColumns.UNDERLYING_SOURCE);
    double comes = incoming.get(from, BarColumns.UNDERLYING_SOURCE);
    boolean absent = have == UnderlyingSource.NONE.ordinal();
    if (comes == UnderlyingSource.NONE.ordinal() || (!absent && (fillOnly || comes < have))) {
      return;
    }
    copy(merged, row, incoming, from, BarColumns.UNDERLYING_CLOSE);
    copy(merged, row, incoming, from, BarColumns.UNDERLYING_LAST);
    copy(merged, row, incoming, from, BarColumns.UNDERLYING_SOURCE);
  }

  private static void mergeSide(BarTable merged, int row, BarTable incoming, int from, Side side) {
    copy(merged, row, incoming, from, BarColumns.of(side, SideColumn.COUNT));
    if (incoming.get(from, side, SideColumn.IV_COUNT) > 0) {
      copy(merged, row, incoming, from, BarColumns.of(side, SideColumn.IV_AVG));
      copy(merged, row, incoming, from, BarColumns.of(side, SideColumn.IV_COUNT));
      copy(merged, row, incoming, from, BarColumns.of(side, SideColumn.IV_SOURCE));
    }
    if (incoming.get(from, side, SideColumn.GREEKS_COUNT) > 0) {
      copy(merged, row, incoming, from, BarColumns.of(side, SideColumn.GREEKS_COUNT));
      copyKnown(merged, row, incoming, from, side, SideColumn.greeks());
    }
    copyKnown(merged, row, incoming, from, side, PRICES);
    copyKnown(merged, row, incoming, from, side, ALONE);
  }

  private static void copyKnown(
      BarTable merged, int row, BarTable incoming, int from, Side side, SideColumn[] columns) {
    for (SideColumn column : columns) {
      if (!Double.isNaN(incoming.get(from, side, column))) {
        copy(merged, row, incoming, from, BarColumns.of(side, column));
      }
    }
  }

  private static void copy(BarTable merged, int row, BarTable incoming, int from, int column) {
    merged.set(row, column, incoming.get(from, column));
  }
}
