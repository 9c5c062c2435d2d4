package io.strikegrid.engine.bar;

import io.strikegrid.engine.market.Side;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The columns of every strike table, each with the one definition of its roll-up. SQL for the
 * tables, the aggregates and their recomputation is made from this list, and rows in memory use its
 * positions.
 */
public final class BarColumns {

  /** Position of {@code underlying_close}. */
  public static final int UNDERLYING_CLOSE = 0;

  /** Position of {@code underlying_last}. */
  public static final int UNDERLYING_LAST = 1;

  /** Position of {@code underlying_source}, the ordinal of an {@link UnderlyingSource}. */
  public static final int UNDERLYING_SOURCE = 2;

  private static final int FIRST_SIDE = 3;
  private static final int PER_SIDE = SideColumn.values().length;

  /** Position of {@code moneyness}, the level of the row by its own underlying. */
  public static final int MONEYNESS = FIRST_SIDE + 2 * PER_SIDE;

  /** Position of {@code provenance}, the higher one of its sides. */
  public static final int PROVENANCE = MONEYNESS + 1;

  /** Number of columns that a row has in memory. */
  public static final int COUNT = PROVENANCE + 1;

  /** Values of a row in memory: its columns, and for each side one that no table of bars has. */
  static final int WIDTH = COUNT + Side.values().length;

  private static final List<BarColumn> VALUES = values();
  private static final List<BarColumn> ALL = all();

  private BarColumns() {}

  /** The columns that a row has in memory, in table order: {@link #COUNT} of them. */
  public static List<BarColumn> inMemory() {
    return VALUES;
  }

  /**
   * All columns beside the key, in table order: those in memory and the store's two time stamps.
   */
  public static List<BarColumn> beside() {
    return ALL;
  }

  /** Position of a side's column. */
  public static int of(Side side, SideColumn column) {
    return FIRST_SIDE + side.ordinal() * PER_SIDE + column.ordinal();
  }

  private static List<BarColumn> values() {
    List<BarColumn> columns = new ArrayList<>();
    columns.add(BarColumn.of("underlying_close", ColumnType.FLOAT8, RollupRule.AVG));
    columns.add(BarColumn.of("underlying_last", ColumnType.FLOAT8, RollupRule.LAST));
    columns.add(
        BarColumn.code(
            "underlying_source",
            Arrays.stream(UnderlyingSource.values()).map(UnderlyingSource::label).toList()));
    for (Side side : Side.values()) {
      for (SideColumn column : SideColumn.values()) {
        columns.add(column.column(side));
      }
    }
    columns.add(BarColumn.of("moneyness", ColumnType.SMALLINT, RollupRule.LAST));
    columns.add(BarColumn.of("provenance", ColumnType.SMALLINT, RollupRule.MAX));
    return List.copyOf(columns);
  }

  private static List<BarColumn> all() {
    List<BarColumn> columns = new ArrayList<>(VALUES);
    columns.add(BarColumn.of("created_at", ColumnType.TIMESTAMP, RollupRule.MIN));
    columns.add(BarColumn.of("updated_at", ColumnType.TIMESTAMP, RollupRule.MAX));
    return List.copyOf(columns);
  }
}
