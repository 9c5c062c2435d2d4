package io.strikegrid.server.stream;

import java.util.concurrent.atomic.AtomicLong;

/** Bytes that one kind of messages takes over the whole stream, bounded. Safe for any threads. */
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
