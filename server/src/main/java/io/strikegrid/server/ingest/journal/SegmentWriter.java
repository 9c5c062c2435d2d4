package io.strikegrid.server.ingest.journal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes groups of batches to segments, and deletes a segment once all in it was released. After a
 * failure it goes on with a new segment, so that nothing is ever written behind a broken place.
 *
 * <p>Used by the journal's thread alone.
 */
final class SegmentWriter {

  private static final Logger LOG = LoggerFactory.getLogger(SegmentWriter.class);

  private final JournalFolder folder;
  private final long segmentBytes;
  private final Set<Segment> segments;
  private @Nullable Segment current;
  private long nextNumber;

  SegmentWriter(JournalFolder folder, long segmentBytes, Recovery recovered) {
    this.folder = folder;
    this.segmentBytes = segmentBytes;
    this.segments = new HashSet<>(recovered.segments());
    this.nextNumber = recovered.nextNumber();
  }

  /** Writes batches and waits once until all of them are durable; all of them or none. */
  List<Entry> write(List<byte[]> batches) throws IOException {
    Segment segment = writable();
    long before = segment.size();
    try {
      List<Entry> entries = new ArrayList<>();
      for (byte[] batch : batches) {
        entries.add(new Entry(segment, segment.write(batch), batch.length));
      }
      segment.force();
      entries.forEach(entry -> segment.hold());
      return entries;
    } catch (IOException | RuntimeException | Error e) {
      abandon(segment, before);
      throw e;
    }
  }

  private Segment writable() throws IOException {
    if (current != null && current.size() < segmentBytes) {
      return current;
    }
    Segment segment = Segment.open(folder.segment(nextNumber));
    nextNumber++;
    segments.add(segment);
    current = segment;
    folder.sync();
    return segment;
  }

  private void abandon(Segment segment, long end) {
    current = null;
    try {
      segment.cutTo(end);
      if (!segment.isHeld()) {
        delete(segment);
      }
    } catch (IOException e) {
      LOG.error("{} cannot be cut back to {} bytes", segment.file(), end, e);
    }
  }

  void release(Entry entry) {
    Segment segment = entry.segment();
    try {
      if (segment.release(entry.offset())) {
        current = segment == current ? null : current;
        delete(segment);
      }
    } catch (IOException e) {
      LOG.warn("a released batch stays in the journal: {}", e.getMessage());
    }
  }

  private void delete(Segment segment) throws IOException {
    segments.remove(segment);
    segment.delete();
  }

  void close() {
    for (Segment segment : segments) {
      try {
        segment.close();
      } catch (IOException e) {
        LOG.warn("{} was not closed: {}", segment.file(), e.getMessage());
      }
    }
  }
}
