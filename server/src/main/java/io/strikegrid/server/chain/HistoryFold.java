package io.strikegrid.server.chain;

import io.strikegrid.engine.grid.BucketField;
import io.strikegrid.engine.grid.Column;
import io.strikegrid.engine.grid.GridField;
import io.strikegrid.engine.grid.GridPage;
import io.strikegrid.engine.market.Side;
import io.strikegrid.server.view.SideField;
import io.strikegrid.server.view.Sides;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.DoubleStream;

/** The bars of one strike of one expiry, a line for each field; and which strikes are near it. */
final class HistoryFold implements Fold {

  private static final long RUN_BYTES = 64;
  private static final int NEIGHBOURS = 10;

  /**
   * What a day says of the strike.
   *
   * @param has whether its page has it
   * @param nearest strikes that the page has, ascending
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Seen(boolean has, double[] nearest) {}

  private final double strike;
  private final Line underlying = new Line(true);
  private final Line atmStrike = new Line(true);
  private final Map<Side, Map<GridField, Line>> lines = new EnumMap<>(Side.class);
  private final List<Seen> days = new ArrayList<>();

  HistoryFold(double strike, Sides sides) {
    this.strike = strike;
    for (Side side : Side.values()) {
      if (sides.has(side)) {
        Map<GridField, Line> ofSide = new EnumMap<>(GridField.class);
        SideField.SERIES.forEach(one -> ofSide.put(one.field(), new Line(one.field().isExact())));
        lines.put(side, ofSide);
      }
    }
  }

  /** Price of the underlying. */
  Line underlying() {
    return underlying;
  }

  /** The strike at the money. */
  Line atmStrike() {
    return atmStrike;
  }

  /** A field of a side that was asked for. */
  Line line(Side side, GridField field) {
    return Objects.requireNonNull(Objects.requireNonNull(lines.get(side)).get(field));
  }

  /** Whether any page has the strike. */
  boolean isSeen() {
    return days.stream().anyMatch(Seen::has);
  }

  /** Strikes of the pages that are near it. */
  DoubleStream nearest() {
    return days.stream().flatMapToDouble(day -> Arrays.stream(day.nearest));
  }

  @Override
  public long bytes(long buckets, int count, int expiries, int strikes) {
    long fields = (long) lines.size() * SideField.SERIES.size() + 5;
    return fields * (buckets * Double.BYTES + count * RUN_BYTES)
        + count * 8L * NEIGHBOURS
        + 32L * strikes;
  }

  @Override
  public void take(int day, int expiry, ChainSource.Bars bars, Part part) {
    GridPage page = bars.page();
    int k = page.indexOf(strike);
    int count = part.end() - part.low();
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = page.bucketValue(BucketField.UNDERLYING, part.low() + i);
    }
    underlying.put(day, part.low(), values, count);
    for (int i = 0; i < count; i++) {
      int atm = page.atTheMoney(part.low() + i);
      values[i] = atm < 0 ? Double.NaN : page.strike(atm);
    }
    atmStrike.put(day, part.low(), values, count);
    days.add(new Seen(k >= 0, k >= 0 ? new double[0] : nearest(page)));
    if (k >= 0) {
      lines.forEach((side, fields) ->
          fields.forEach((field, line) -> {
            Column column = page.column(side, field);
            for (int i = 0; i < count; i++) {
              values[i] = column.at(page.cell(part.low() + i, k));
            }
            line.put(day, part.low(), values, count);
          }));
    }
  }

  private double[] nearest(GridPage page) {
    return Arrays.stream(page.strikeArray())
        .boxed()
        .sorted(Comparator.comparingDouble(one -> Math.abs(one - strike)))
        .limit(NEIGHBOURS)
        .sorted()
        .mapToDouble(Double::doubleValue)
        .toArray();
  }

  @Override
  public void drop(int day) {
    underlying.drop(day);
    lines.values().forEach(fields -> fields.values().forEach(line -> line.drop(day)));
    while (days.size() > day) {
      days.removeLast();
    }
  }
}
