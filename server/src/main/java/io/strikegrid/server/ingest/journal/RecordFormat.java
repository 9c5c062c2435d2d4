package io.strikegrid.server.ingest.journal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * How a batch stands in a file: four bytes that tell a record and its version, the length of the
 * batch, a CRC32C over length and batch, then the batch. All numbers are big-endian.
 */
final class RecordFormat {

  /** Bytes before the batch. */
  static final int HEADER = 12;

  /** Most bytes of a batch. */
  static final int MOST = 64 << 20;

  private static final int MARK = 0x53474a31; // "SGJ1"

  private RecordFormat() {}

  static ByteBuffer header(byte[] batch) {
    return ByteBuffer.allocate(HEADER)
        .putInt(MARK)
        .putInt(batch.length)
        .putInt(checksum(batch, 0, batch.length))
        .flip();
  }

  /** Length of the batch whose record begins here; -1 where there is no whole and sound one. */
  static int lengthAt(byte[] file, int offset) {
    if (file.length - offset < HEADER) {
      return -1;
    }
    ByteBuffer header = ByteBuffer.wrap(file, offset, HEADER);
    if (header.getInt() != MARK) {
      return -1;
    }
    int length = header.getInt();
    boolean fits = length >= 0 && length <= file.length - offset - HEADER;
    return fits && header.getInt() == checksum(file, offset + HEADER, length) ? length : -1;
  }

  /**
   * Whether the bytes from a place on may be a record that was never finished: its beginning, and
   * less than all of it.
   */
  static boolean isUnfinished(byte[] file, int offset) {
    ByteBuffer rest = ByteBuffer.wrap(file, offset, file.length - offset);
    byte[] mark = ByteBuffer.allocate(4).putInt(MARK).array();
    for (int i = 0; i < mark.length && i < rest.remaining(); i++) {
      if (rest.get(offset + i) != mark[i]) {
        return false;
      }
    }
    if (rest.remaining() < HEADER) {
      return true;
    }
    int length = rest.getInt(offset + mark.length);
    return length >= 0 && length <= MOST && length > rest.remaining() - HEADER;
  }

  /** Whether the header goes with the batch. */
  static boolean isSound(ByteBuffer header, byte[] batch) {
    return header.equals(header(batch));
  }

  private static int checksum(byte[] bytes, int from, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(ByteBuffer.allocate(4).putInt(length).flip());
    checksum.update(bytes, from, length);
    return (int) checksum.getValue();
  }
}
