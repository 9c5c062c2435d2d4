package io.strikegrid.server.ingest.journal;

/** A batch in the journal, until it is released. */
public final class Entry {

  private final Segment segment;
  private final long offset;
  private final int length;

  Entry(Segment segment, long offset, int length) {
    this.segment = segment;
    this.offset = offset;
    this.length = length;
  }

  Segment segment() {
    return segment;
  }

  long offset() {
    return offset;
  }

  /** Bytes of the batch. */
  public int length() {
    return length;
  }

  @Override
  public String toString() {
    return segment.file().getFileName() + " at byte " + offset;
  }
}
