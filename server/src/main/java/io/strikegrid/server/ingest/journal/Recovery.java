package io.strikegrid.server.ingest.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an earlier process left. The end of the newest segment that was never finished, and by what
 * is noted beside it never answered for, is cut off; anything else that is no record is damage: it
 * is told, and the file is kept.
 */
final class Recovery {

  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

  private final List<Segment> open = new ArrayList<>();
  private final Set<Path> damagedFiles = new LinkedHashSet<>();
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
    boolean isRead = false;
    try {
      for (Path file : files) {
        recovery.read(file, file.equals(files.getLast()));
      }
      isRead = true;
    } finally {
      if (!isRead) {
        recovery.close();
      }
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
    open.add(segment);
    scan.damaged().forEach(span -> damaged(segment, span.offset(), span.length()));
    int rest = bytes.length - scan.end();
    long answered = segment.answeredEnd();
    if (rest > 0 && isUnfinished(bytes, scan.end(), answered, isNewest)) {
      LOG.warn("cut off {} bytes of an unfinished record at the end of {}", rest, file);
      segment.cutTo(scan.end());
    } else if (rest > 0) {
      damaged(segment, scan.end(), rest);
    }
    if (answered > bytes.length) {
      missing(segment, bytes.length, answered - bytes.length);
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

  /** Of no record that somebody was answered for, as far as that is known. */
  private static boolean isUnfinished(byte[] bytes, int end, long answered, boolean isNewest) {
    return answered >= 0 ? answered <= end : isNewest && RecordFormat.isUnfinished(bytes, end);
  }

  private void damaged(Segment segment, int offset, int length) {
    keep(segment);
    tell(length + " bytes at byte " + offset + " of " + segment.file() + " cannot be read");
  }

  private void missing(Segment segment, int offset, long length) {
    keep(segment);
    tell(length + " bytes are missing at the end of " + segment.file() + ", from byte " + offset);
  }

  private void keep(Segment segment) {
    segment.keepAsDamaged();
    damagedFiles.add(segment.file());
  }

  private void tell(String damage) {
    LOG.error("the journal is damaged: {}", damage);
    damages.add(damage);
  }

  /** Closes what was opened by a start that failed. */
  private void close() {
    for (Segment segment : open) {
      try {
        segment.close();
      } catch (IOException e) {
        LOG.warn("{} was not closed: {}", segment.file(), e.getMessage());
      }
    }
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

  /** Segments that have damages, as long as their batches are not released. */
  Set<Path> damagedFiles() {
    return damagedFiles;
  }

  long nextNumber() {
    return nextNumber;
  }
}
