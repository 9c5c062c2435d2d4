package io.strikegrid.engine.bar;

import io.strikegrid.engine.market.Side;

/**
 * How incoming bars meet the stored ones of the same (symbol, expiry, trading day).
 *
 * <p>Each side is of one provenance. A live side replaces what is there; an import or a backfill
 * replaces imported and backfilled sides, and leaves live ones alone. An unknown value never
 * replaces a known one, but a withdrawn quote does, and a side that is equal but for its provenance
 * changes nothing, unless it is live. Values that were observed together are replaced together: IV
 * with its count and source, the Greeks with theirs, the four prices.
 */
public final class BarMerge {

  private static final SideColumn[] PRICES = {
    SideColumn.OPEN, SideColumn.HIGH, SideColumn.LOW, SideColumn.CLOSE
  };
  private static final SideColumn[] ALONE = {
    SideColumn.VOLUME, SideColumn.OI_SUM, SideColumn.OI_LAST
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
    BarTable merged = new BarTable(Math.max(stored.rows(), incoming.rows()));
    int i = 0;
    int j = 0;
    while (i < stored.rows() || j < incoming.rows()) {
      int order = order(stored, i, incoming, j);
      int row =
          order <= 0
              ? merged.addCopy(stored, i++)
              : merged.addUnobserved(incoming.strike(j), incoming.bucket(j));
      if (order >= 0) {
        mergeRow(merged, row, incoming, j++, provenance);
      }
    }
    return merged;
  }

  /**
   * What becomes of bars that are made again of all that was observed.
   *
   * @param bars the union of both tables, without rows that nothing is left of
   * @param under rows with the sides that other bars had before, to which they go back where
   *     nothing is left of ours
   */
  public record Remade(BarTable bars, BarTable under) {}

  /**
   * The union of both tables, by key, where the incoming bars are made of everything that was
   * observed that way: they replace whatever is stored of the same provenance, also by nothing.
   *
   * @param stored what the store holds, with its provenance
   * @param under sides of another provenance that stored ones of this lie over
   * @param incoming what came, without a provenance
   * @param provenance where the incoming bars are from
   */
  public static Remade remake(
      BarTable stored, BarTable under, BarTable incoming, Provenance provenance) {
    BarTable others = new BarTable(stored.rows());
    BarTable below = new BarTable(under.rows());
    for (int row = 0; row < stored.rows(); row++) {
      int at = others.addCopy(stored, row);
      int lower = under.indexOf(stored.strike(row), stored.bucket(row));
      for (Side side : Side.values()) {
        if (stored.provenance(row, side) == provenance.code()) {
          others.clear(at, side);
          if (lower >= 0) {
            others.copySide(at, under, lower, side);
          }
          others.set(at, BarColumns.PROVENANCE, highest(others, at, provenance));
        }
      }
    }
    BarTable all = merge(others, incoming, provenance);
    BarTable bars = new BarTable(all.rows());
    for (int row = 0; row < all.rows(); row++) {
      if (all.isObserved(row, Side.CALL) || all.isObserved(row, Side.PUT)) {
        bars.addCopy(all, row);
        keepUnder(below, others, all, row, provenance);
      }
    }
    return new Remade(bars, below);
  }

  /** Keeps the sides of other bars that a merged row has covered. */
  private static void keepUnder(
      BarTable below, BarTable others, BarTable all, int row, Provenance provenance) {
    int other = others.indexOf(all.strike(row), all.bucket(row));
    int at = -1;
    for (Side side : Side.values()) {
      boolean isCovered =
          other >= 0
              && others.isObserved(other, side)
              && all.provenance(row, side) == provenance.code();
      if (isCovered) {
        at = at < 0 ? below.addUnobserved(all.strike(row), all.bucket(row)) : at;
        below.copySide(at, others, other, side);
        below.forgetDerived(at, side);
      }
    }
    if (at >= 0) {
      below.set(at, BarColumns.PROVENANCE, highest(below, at, provenance));
    }
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
      BarTable merged, int row, BarTable incoming, int from, Provenance provenance) {
    boolean isLive = provenance == Provenance.LIVE;
    boolean stays = !isLive && (isLive(merged, row, Side.CALL) || isLive(merged, row, Side.PUT));
    mergeUnderlying(merged, row, incoming, from, stays);
    for (Side side : Side.values()) {
      double have = merged.provenance(row, side);
      if (incoming.isObserved(from, side) && (isLive || !isLive(merged, row, side))) {
        BarTable before = new BarTable(1);
        before.addCopy(merged, row);
        mergeSide(merged, row, incoming, from, side);
        boolean isSame = !Double.isNaN(have) && merged.sameValues(row, before, 0);
        if (isLive || !isSame) {
          merged.set(row, side, SideColumn.PROVENANCE, provenance.code());
        }
      }
    }
    merged.set(row, BarColumns.PROVENANCE, highest(merged, row, provenance));
  }

  private static boolean isLive(BarTable bars, int row, Side side) {
    return bars.provenance(row, side) == Provenance.LIVE.code();
  }

  /** The higher provenance of both sides; that of what came where neither was observed. */
  private static double highest(BarTable merged, int row, Provenance provenance) {
    double call = merged.provenance(row, Side.CALL);
    double put = merged.provenance(row, Side.PUT);
    double higher = call > put || Double.isNaN(put) ? call : put;
    return Double.isNaN(higher) ? provenance.code() : higher;
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
      copy(merged, row, incoming, from, BarColumns.of(side, SideColumn.GREEKS_SOURCE));
      copyKnown(merged, row, incoming, from, side, SideColumn.greeks());
    }
    copyKnown(merged, row, incoming, from, side, PRICES);
    copyKnown(merged, row, incoming, from, side, ALONE);
    double reported = incoming.get(from, side, SideColumn.VOLUME_DAY);
    if (!Double.isNaN(reported) && reported != merged.reported(row, side)) {
      merged.set(row, side, SideColumn.VOLUME_DAY, reported);
      merged.setReported(row, side, reported);
    }
    Quoted.merge(merged, row, incoming, from, side);
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
