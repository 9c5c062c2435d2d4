package io.strikegrid.server.ingest.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an earlier process left. The unfinished end of the newest segment was never answered for and
 * is cut off; anything else that is no record is damage, and is told.
 */
final class Recovery {

  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

  private final List<Segment> segments = new ArrayList<>();
  private final List<Entry> entries = new ArrayList<>();
  private final List<String> damages = new ArrayList<>();
  private final long nextNumber;

  private Recovery(long nextNumber) {
    this.nextNumber = nextNumber;
  }

  static Recovery of(JournalFolder folder) throws IOException {
    Recovery recovery = new Recovery(folder.nextNumber());
    List<Path> files = folder.segments();
    for (Path file : files) {
      recovery.read(file, file.equals(files.getLast()));
    }
    if (!recovery.entries.isEmpty()) {
      LOG.info("{} batches of ticks are read again", recovery.entries.size());
    }
    return recovery;
  }

  private void read(Path file, boolean isNewest) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    SegmentScan scan = SegmentScan.of(bytes);
    Segment segment = Segment.open(file);
    scan.damaged().forEach(span -> damaged(segment, span.offset(), span.length()));
    int rest = bytes.length - scan.end();
    if (rest > 0 && isNewest) {
      LOG.warn("cut off {} bytes of an unfinished record at the end of {}", rest, file);
      segment.cutTo(scan.end());
    } else if (rest > 0) {
      damaged(segment, scan.end(), rest);
    }
    Set<Long> released = segment.released();
    for (SegmentScan.Span record : scan.records()) {
      if (!released.contains((long) record.offset())) {
        segment.hold();
        entries.add(new Entry(segment, record.offset(), record.length()));
      }
    }
    if (segment.isHeld()) {
      segments.add(segment);
    } else {
      segment.delete();
    }
  }

  private void damaged(Segment segment, int offset, int length) {
    segment.keepAsDamaged();
    String damage =
        length + " bytes at byte " + offset + " of " + segment.file() + " cannot be read";
    LOG.error("the journal is damaged: {}", damage);
    damages.add(damage);
  }

  List<Segment> segments() {
    return segments;
  }

  List<Entry> entries() {
    return entries;
  }

  List<String> damages() {
    return damages;
  }

  long nextNumber() {
    return nextNumber;
  }
}
