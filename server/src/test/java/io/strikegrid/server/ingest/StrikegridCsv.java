package io.strikegrid.server.ingest;

import io.strikegrid.engine.bar.BarBuilder;
import io.strikegrid.engine.bar.BarColumn;
import io.strikegrid.engine.bar.BarColumns;
import io.strikegrid.engine.bar.BarTable;
import io.strikegrid.engine.bar.ColumnType;
import io.strikegrid.engine.bar.SideColumn;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.time.Session;
import io.strikegrid.testkit.ChainGenerator;
import io.strikegrid.testkit.ChainShape;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Random days of NIFTY50 as a CSV in the {@code strikegrid} profile, in order of time. */
final class StrikegridCsv {

  static final LocalDate FIRST_DAY = LocalDate.of(2025, 4, 21);
  static final List<LocalDate> EXPIRIES =
      List.of(LocalDate.of(2025, 4, 24), LocalDate.of(2025, 4, 30));

  private static final Underlying NIFTY = Imports.MARKETS.find("NIFTY50").orElseThrow();
  private static final ChainShape SHAPE =
      new ChainShape(9, 50, 24_500, 75, 1, 40, 2, 0.1, 0.1, 0.02, 0, 0.05, 0.03, 0, false);

  private final List<BarColumn> columns = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();

  /**
   * Writes them.
   *
   * @param days trading days from the first on
   * @param left columns that are left out
   */
  StrikegridCsv(long seed, int days, List<SideColumn> left) {
    List<String> out = new ArrayList<>(List.of("call_oi_sum", "put_oi_sum"));
    for (SideColumn column : left) {
      out.add(column.name(Side.CALL));
      out.add(column.name(Side.PUT));
    }
    for (BarColumn column : BarColumns.inMemory()) {
      boolean written = column.type() == ColumnType.FLOAT8 || column.type() == ColumnType.INTEGER;
      if (written && !out.contains(column.name()) && !column.name().equals("underlying_last")) {
        columns.add(column);
      }
    }
    record Line(long time, String text) {}
    List<Line> found = new ArrayList<>();
    for (int d = 0; d < days; d++) {
      Session session = NIFTY.calendar().session(FIRST_DAY.plusDays(d)).orElseThrow();
      for (LocalDate expiry : EXPIRIES) {
        BarTable bars =
            BarBuilder.build(
                    new ChainGenerator(seed).observations(expiry, session, SHAPE),
                    false,
                    session.close())
                .bars();
        setVolumes(bars);
        for (int row = 0; row < bars.rows(); row++) {
          found.add(new Line(bars.bucket(row), line(bars, row, expiry)));
        }
      }
    }
    found.sort(Comparator.comparingLong(Line::time));
    found.forEach(l -> lines.add(l.text()));
  }

  /** Every bar says what was traded in it, so that a file may leave the cumulative figure out. */
  private static void setVolumes(BarTable bars) {
    for (Side side : Side.values()) {
      for (int row = 0; row < bars.rows(); row++) {
        if (bars.isObserved(row, side)) {
          bars.set(row, side, SideColumn.VOLUME, 75 * (1 + row % 7));
        }
      }
    }
  }

  private String line(BarTable bars, int row, LocalDate expiry) {
    StringBuilder line = new StringBuilder();
    line.append(Instant.ofEpochSecond(bars.bucket(row))).append(",NIFTY 50,");
    line.append(expiry).append(',').append(bars.strike(row));
    for (BarColumn column : columns) {
      double value = bars.get(row, BarColumns.inMemory().indexOf(column));
      boolean whole = column.type() == ColumnType.INTEGER;
      String text = whole ? Long.toString((long) value) : Double.toString(value);
      line.append(',').append(Double.isNaN(value) ? "" : text);
    }
    return line.toString();
  }

  String header() {
    return "bucket_time,symbol,expiry,strike,"
        + String.join(",", columns.stream().map(BarColumn::name).toList());
  }

  /** The whole file. */
  List<String> whole() {
    return part(0, lines.size());
  }

  /** Lines {@code [from, to)} below the header. */
  List<String> part(int from, int to) {
    List<String> part = new ArrayList<>(List.of(header()));
    part.addAll(lines.subList(from, to));
    return part;
  }

  /** Number of the first line of a minute, near a fraction of the file. */
  int cut(double fraction) {
    int at = (int) (lines.size() * fraction);
    while (time(at).equals(time(at - 1))) {
      at++;
    }
    return at;
  }

  private String time(int line) {
    return lines.get(line).substring(0, lines.get(line).indexOf(','));
  }
}
