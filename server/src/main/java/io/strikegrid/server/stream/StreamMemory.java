package io.strikegrid.server.stream;

import java.util.concurrent.atomic.AtomicLong;

/** Bytes that messages or pages of one kind take over the whole stream, bounded. Thread-safe. */
final class StreamMemory {

  private final AtomicLong used = new AtomicLong();
  private final long most;

  StreamMemory(long most) {
    this.most = most;
  }

  /** An eighth of the heap. */
  static StreamMemory usual() {
    return new StreamMemory(Runtime.getRuntime().maxMemory() / 8);
  }

  /** Takes bytes, or gives them back where negative. */
  void add(long bytes) {
    used.addAndGet(bytes);
  }

  /** Whether more is taken than may be. */
  boolean isOver() {
    return used.get() > most;
  }
}
