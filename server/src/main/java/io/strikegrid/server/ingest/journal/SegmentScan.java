package io.strikegrid.server.ingest.journal;

import java.util.ArrayList;
import java.util.List;

/**
 * What is found in the bytes of a segment. After bytes that are no record the search goes on at
 * every byte until the next sound one, so that what stands behind a damaged place is found again.
 *
 * @param records every sound one, in order
 * @param damaged stretches between sound records, or before the first, that are none
 * @param end first byte after the last sound record; what follows was never finished, or is damaged
 */
record SegmentScan(List<Span> records, List<Span> damaged, int end) {

  /**
   * A stretch of the file.
   *
   * @param offset of its first byte; of a record, of its header
   * @param length in bytes; of a record, of its batch
   */
  record Span(int offset, int length) {}

  static SegmentScan of(byte[] file) {
    List<Span> records = new ArrayList<>();
    List<Span> damaged = new ArrayList<>();
    int end = 0;
    int offset = 0;
    while (offset < file.length) {
      int length = RecordFormat.lengthAt(file, offset);
      if (length < 0) {
        offset++;
        continue;
      }
      if (offset > end) {
        damaged.add(new Span(end, offset - end));
      }
      records.add(new Span(offset, length));
      offset += RecordFormat.HEADER + length;
      end = offset;
    }
    return new SegmentScan(records, damaged, end);
  }
}
