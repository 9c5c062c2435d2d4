package io.strikegrid.engine.bar;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One column of the strike bars beside the key.
 *
 * @param name the column's name in every strike table
 * @param type its SQL type
 * @param rule how its values roll up
 * @param weight the column that weighs a {@link RollupRule#MEAN_BY_COUNT}, else null
 * @param codes the texts of a {@link ColumnType#CODE} in ascending order, else empty
 */
public record BarColumn(
    String name, ColumnType type, RollupRule rule, @Nullable String weight, List<String> codes) {

  /** Copies the list. */
  public BarColumn {
    codes = List.copyOf(codes);
  }

  static BarColumn of(String name, ColumnType type, RollupRule rule) {
    return new BarColumn(name, type, rule, null, List.of());
  }

  static BarColumn mean(String name, String weight) {
    return new BarColumn(name, ColumnType.FLOAT8, RollupRule.MEAN_BY_COUNT, weight, List.of());
  }

  static BarColumn code(String name, List<String> codes) {
    return new BarColumn(name, ColumnType.CODE, RollupRule.MAX, null, codes);
  }
}
