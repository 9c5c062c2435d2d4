package io.strikegrid.server.platform.http;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Writes a table as RFC 4180 CSV: a header line, then rows of the same width. An unknown value is
 * an empty field. A text that a spreadsheet would take for a formula is as it is: our texts are
 * symbols, dates and labels. For one thread.
 */
public final class CsvTable implements AutoCloseable {

  private static final double LARGEST_WHOLE = 1e15;

  private final CsvWriter csv;
  private final int width;
  private final List<@Nullable String> row = new ArrayList<>();

  /** Writes a header in UTF-8 to a stream, which it closes. */
  public CsvTable(OutputStream to, List<String> columns) {
    this.csv =
        CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(to, StandardCharsets.UTF_8);
    this.width = columns.size();
    csv.writeRecord(columns);
  }

  public CsvTable text(@Nullable String value) {
    row.add(value);
    return this;
  }

  public CsvTable whole(long value) {
    row.add(Long.toString(value));
    return this;
  }

  /** A number, or nothing where it is NaN. */
  public CsvTable number(double value) {
    if (Double.isNaN(value)) {
      row.add(null);
    } else if (value == Math.rint(value) && Math.abs(value) < LARGEST_WHOLE) {
      row.add(Long.toString((long) value));
    } else {
      row.add(Double.toString(value));
    }
    return this;
  }

  /** A number, or nothing. */
  public CsvTable number(OptionalDouble value) {
    return number(value.orElse(Double.NaN));
  }

  /** A number kept as a float, or nothing where it is NaN. */
  public CsvTable single(double value) {
    row.add(Double.isNaN(value) ? null : value == 0 ? "0" : Float.toString((float) value));
    return this;
  }

  public CsvTable nothing() {
    row.add(null);
    return this;
  }

  /** Leaves several fields empty. */
  public CsvTable nothing(int fields) {
    for (int i = 0; i < fields; i++) {
      row.add(null);
    }
    return this;
  }

  /**
   * Ends the row.
   *
   * @throws IllegalStateException where it is not as wide as the header
   */
  public void end() {
    if (row.size() != width) {
      throw new IllegalStateException("a row must have " + width + " fields; have " + row.size());
    }
    csv.writeRecord(row);
    row.clear();
  }

  @Override
  public void close() throws IOException {
    csv.close();
  }
}
