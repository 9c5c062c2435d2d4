package io.strikegrid.server.store;

import io.strikegrid.engine.bar.BarColumn;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.postgresql.copy.CopyOut;

/** One row of {@code COPY ... TO STDOUT (FORMAT binary)}; read column by column, in order. */
public final class BinaryRow {

  private static final int HEADER = 19;

  private final ByteBuffer bytes;

  private BinaryRow(ByteBuffer bytes) {
    this.bytes = bytes;
  }

  /** Takes a row. */
  @FunctionalInterface
  public interface Consumer {
    /** Reads the columns. */
    void accept(BinaryRow row) throws SQLException;
  }

  /** Hands each row of a query's answer to the consumer. Returns how many there were. */
  static int forEach(CopyOut copy, Consumer consumer) throws SQLException {
    int rows = 0;
    byte[] data;
    boolean first = true;
    while ((data = copy.readFromCopy()) != null) {
      ByteBuffer bytes = ByteBuffer.wrap(data);
      if (first) {
        bytes.position(HEADER);
        first = false;
      }
      while (bytes.remaining() >= 2 && bytes.getShort() >= 0) {
        consumer.accept(new BinaryRow(bytes));
        rows++;
      }
    }
    return rows;
  }

  /** A {@code double precision}; NaN where NULL. */
  public double number() {
    return bytes.getInt() < 0 ? Double.NaN : bytes.getDouble();
  }

  /** An {@code integer}; NaN where NULL. */
  public double integer() {
    return bytes.getInt() < 0 ? Double.NaN : bytes.getInt();
  }

  /** A {@code smallint}; NaN where NULL. */
  public double small() {
    return bytes.getInt() < 0 ? Double.NaN : bytes.getShort();
  }

  /** A {@code timestamptz} as epoch seconds; NaN where NULL. */
  double timeIfKnown() {
    return bytes.getInt() < 0 ? Double.NaN : instant();
  }

  /** A {@code timestamptz} that is not NULL, as epoch seconds. */
  public long time() {
    bytes.getInt();
    return instant();
  }

  private long instant() {
    return Math.floorDiv(bytes.getLong(), 1_000_000L) + CopyRows.EPOCH_2000;
  }

  /** The position of a text in the column's list; NaN where NULL. */
  public double code(BarColumn column) {
    int length = bytes.getInt();
    if (length < 0) {
      return Double.NaN;
    }
    byte[] text = new byte[length];
    bytes.get(text);
    return column.codes().indexOf(new String(text, StandardCharsets.UTF_8));
  }

  /** A value of a bar's column, by its type. */
  public double value(BarColumn column) {
    return switch (column.type()) {
      case FLOAT8 -> number();
      case INTEGER -> integer();
      case SMALLINT -> small();
      case CODE -> code(column);
      case TIME -> timeIfKnown();
      case TIMESTAMP -> time();
    };
  }

  /** Passes over a column. */
  public void skip() {
    int length = bytes.getInt();
    if (length > 0) {
      bytes.position(bytes.position() + length);
    }
  }
}
