package io.strikegrid.server.ingest.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One file of the journal, and beside it two small ones. One has the places of batches that were
 * released, and saves work after a restart. The other says up to which byte the file was durable
 * when somebody was last answered: what is missing or unreadable before that is damage, and what
 * stands behind it was never answered for. Nothing is lost where they are missing.
 *
 * <p>Written by the journal's thread alone; any thread may read batches from it.
 */
final class Segment {

  private static final int PLACE_BYTES = 2 * Long.BYTES;

  private final Path file;
  private final FileChannel channel;
  private final Path releasedFile;
  private final Path endFile;
  private long size;
  private int held;
  private boolean isDamaged;
  private @Nullable FileChannel end;

  private Segment(Path file, FileChannel channel, long size) {
    this.file = file;
    this.channel = channel;
    this.size = size;
    this.releasedFile = file.resolveSibling(file.getFileName() + ".released");
    this.endFile = file.resolveSibling(file.getFileName() + ".end");
  }

  static Segment open(Path file) throws IOException {
    FileChannel channel = JournalFolder.create(file);
    return new Segment(file, channel, channel.size());
  }

  Path file() {
    return file;
  }

  long size() {
    return size;
  }

  /** Appends a record and returns its place; it is not durable before {@link #force}. */
  long write(byte[] batch) throws IOException {
    long offset = size;
    writeFully(RecordFormat.header(batch), offset);
    writeFully(ByteBuffer.wrap(batch), offset + RecordFormat.HEADER);
    size = offset + RecordFormat.HEADER + batch.length;
    return offset;
  }

  private void writeFully(ByteBuffer bytes, long at) throws IOException {
    long position = at;
    while (bytes.hasRemaining()) {
      position += channel.write(bytes, position);
    }
  }

  /** Waits for the disk, then notes that all of it was durable; only then is anybody answered. */
  void force() throws IOException {
    channel.force(false);
    FileChannel open = end;
    if (open == null) {
      open = JournalFolder.create(endFile);
      end = open;
    }
    writeEnd(open, size);
  }

  private static void writeEnd(FileChannel to, long end) throws IOException {
    ByteBuffer place = place(end);
    while (place.hasRemaining()) {
      to.write(place, place.position());
    }
  }

  private static ByteBuffer place(long offset) {
    return ByteBuffer.allocate(PLACE_BYTES).putLong(offset).putLong(~offset).flip();
  }

  /** Where it ended when somebody was last answered; -1 where that is not known. */
  long answeredEnd() throws IOException {
    if (!Files.exists(endFile)) {
      return -1;
    }
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(endFile));
    if (bytes.remaining() < PLACE_BYTES) {
      return -1;
    }
    long place = bytes.getLong();
    return bytes.getLong() == ~place ? place : -1;
  }

  /** Takes back what was written from a place on. */
  void cutTo(long to) throws IOException {
    channel.truncate(to);
    channel.force(false);
    size = to;
    if (end != null) {
      writeEnd(end, to);
    }
  }

  byte[] read(long offset, int length) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(RecordFormat.HEADER);
    ByteBuffer batch = ByteBuffer.allocate(length);
    readFully(header, offset);
    readFully(batch, offset + RecordFormat.HEADER);
    if (!RecordFormat.isSound(header.flip(), batch.array())) {
      throw new IOException(file + " is damaged at byte " + offset);
    }
    return batch.array();
  }

  private void readFully(ByteBuffer bytes, long at) throws IOException {
    long position = at;
    while (bytes.hasRemaining()) {
      int count = channel.read(bytes, position);
      if (count < 0) {
        throw new IOException(file + " ends at byte " + position);
      }
      position += count;
    }
  }

  void hold() {
    held++;
  }

  /** Notes that a batch was released; whether it was the last. */
  boolean release(long offset) throws IOException {
    held--;
    if (held == 0) {
      return true;
    }
    try (FileChannel released = JournalFolder.create(releasedFile)) {
      ByteBuffer place = place(offset);
      long at = released.size() - released.size() % PLACE_BYTES;
      while (place.hasRemaining()) {
        at += released.write(place, at);
      }
    }
    return false;
  }

  boolean isHeld() {
    return held > 0;
  }

  /**
   * Places of the batches that were released before. Each stands there twice, once inverted: a
   * place that a crash left half written says nothing.
   */
  Set<Long> released() throws IOException {
    Set<Long> places = new HashSet<>();
    if (Files.exists(releasedFile)) {
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(releasedFile));
      while (bytes.remaining() >= PLACE_BYTES) {
        long place = bytes.getLong();
        if (bytes.getLong() == ~place) {
          places.add(place);
        }
      }
    }
    return places;
  }

  /** Keeps the file under another name in place of deleting it, for whoever wants to look. */
  void keepAsDamaged() {
    isDamaged = true;
  }

  void delete() throws IOException {
    close();
    Files.deleteIfExists(releasedFile);
    Files.deleteIfExists(endFile);
    if (isDamaged) {
      Files.move(file, file.resolveSibling(file.getFileName() + JournalFolder.DAMAGED));
    } else {
      Files.deleteIfExists(file);
    }
  }

  void close() throws IOException {
    if (end != null) {
      end.close();
    }
    channel.close();
  }
}
