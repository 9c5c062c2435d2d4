package io.strikegrid.server.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.LocalDate;
import org.postgresql.copy.CopyIn;

/**
 * Rows for {@code COPY ... FROM STDIN (FORMAT binary)}, as PostgreSQL's manual lays the format out:
 * no text is formatted here or parsed there. One thread; call {@link #row} and then one method for
 * each column in order.
 */
public final class CopyRows {

  private static final byte[] SIGNATURE = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
  };
  private static final int FLUSH_AT = 1 << 16;
  private static final int LARGEST_VALUE = 1 << 12;

  /** Seconds from 1970 to 2000, where PostgreSQL's clock starts. */
  static final long EPOCH_2000 = 946_684_800L;

  private static final int DAYS_2000 = 10_957;

  private final CopyIn copy;
  private final ByteBuffer buffer = ByteBuffer.allocate(FLUSH_AT + 2 * LARGEST_VALUE);

  CopyRows(CopyIn copy) {
    this.copy = copy;
    buffer.put(SIGNATURE);
  }

  /** Starts a row. */
  public CopyRows row(int columns) throws SQLException {
    if (buffer.position() > FLUSH_AT) {
      flush();
    }
    buffer.putShort((short) columns);
    return this;
  }

  /** A {@code double precision}; NaN becomes NULL. */
  public CopyRows float8(double value) throws SQLException {
    if (Double.isNaN(value)) {
      return nothing();
    }
    room().putInt(8).putDouble(value);
    return this;
  }

  /** An {@code integer}; NaN becomes NULL. */
  public CopyRows int4(double value) throws SQLException {
    if (Double.isNaN(value)) {
      return nothing();
    }
    room().putInt(4).putInt((int) value);
    return this;
  }

  /** A {@code smallint}; NaN becomes NULL. */
  public CopyRows int2(double value) throws SQLException {
    if (Double.isNaN(value)) {
      return nothing();
    }
    room().putInt(2).putShort((short) value);
    return this;
  }

  /** A {@code text}. */
  public CopyRows text(String value) throws SQLException {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > LARGEST_VALUE) {
      throw new IllegalArgumentException("text is too long: " + bytes.length + " bytes");
    }
    room().putInt(bytes.length).put(bytes);
    return this;
  }

  /** A {@code date}. */
  public CopyRows date(LocalDate value) throws SQLException {
    room().putInt(4).putInt((int) (value.toEpochDay() - DAYS_2000));
    return this;
  }

  /** A {@code timestamptz} from epoch seconds. */
  public CopyRows time(long epochSecond) throws SQLException {
    room().putInt(8).putLong((epochSecond - EPOCH_2000) * 1_000_000);
    return this;
  }

  /** A {@code timestamptz} from epoch seconds; NaN becomes NULL. */
  public CopyRows time(double epochSecond) throws SQLException {
    return Double.isNaN(epochSecond) ? nothing() : time((long) epochSecond);
  }

  /** NULL. */
  public CopyRows nothing() throws SQLException {
    room().putInt(-1);
    return this;
  }

  /** Ends the copy and returns the number of rows that arrived. */
  long end() throws SQLException {
    room().putShort((short) -1);
    flush();
    return copy.endCopy();
  }

  void cancel() throws SQLException {
    if (copy.isActive()) {
      copy.cancelCopy();
    }
  }

  private ByteBuffer room() throws SQLException {
    if (buffer.remaining() < LARGEST_VALUE + 8) {
      flush();
    }
    return buffer;
  }

  private void flush() throws SQLException {
    copy.writeToCopy(buffer.array(), 0, buffer.position());
    buffer.clear();
  }
}
