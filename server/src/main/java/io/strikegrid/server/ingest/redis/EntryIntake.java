package io.strikegrid.server.ingest.redis;

import io.strikegrid.server.live.Feed;
import io.strikegrid.server.live.Receipt;
import io.strikegrid.server.live.TickSink;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;

/**
 * Hands entries in, one after the other and in their order: dead letters first, then the good
 * ticks. Where there is no room, it waits with the entry until there is. For the reader's thread.
 */
final class EntryIntake {

  private final EntryReader reader;
  private final TickSink sink;
  private final Feed feed;
  private final InstantSource clock;
  private final Acknowledgements acknowledgements = new Acknowledgements();

  EntryIntake(EntryReader reader, TickSink sink, Feed feed, InstantSource clock) {
    this.reader = reader;
    this.sink = sink;
    this.feed = feed;
    this.clock = clock;
  }

  /**
   * Takes an entry in, unless it is on its way already.
   *
   * @param waiting waits a moment for room; false to give up: the entry stays unacknowledged
   * @return whether it is on its way; if not, it has to be asked for again
   */
  boolean take(RedisStream stream, RawEntry raw, BooleanSupplier waiting) {
    String id = raw.id();
    if (!acknowledgements.begin(id)) {
      return true;
    }
    boolean taken = false;
    try {
      taken = take(stream, id, reader.read(raw), waiting);
    } finally {
      if (!taken) {
        acknowledgements.abandon(id);
      }
    }
    return taken;
  }

  private boolean take(RedisStream stream, String id, Entry entry, BooleanSupplier waiting) {
    for (DeadLetter letter : entry.dead()) {
      stream.addDeadLetter(letter.fields(id));
      feed.refused(clock.instant(), letter.code(), letter.reason());
    }
    feed.received(entry.ticks().size(), entry.newest(), clock.instant());
    Receipt receipt = new Receipt(() -> acknowledgements.committed(id));
    if (!entry.ticks().isEmpty()) {
      while (!sink.offer(feed, entry.ticks(), receipt)) {
        acknowledge(stream);
        if (!waiting.getAsBoolean()) {
          return false;
        }
      }
    }
    receipt.release();
    return true;
  }

  /** Whether an entry is on its way in this process. */
  boolean isOnItsWay(String id) {
    return acknowledgements.isOpen(id);
  }

  /** Acknowledges what is committed by now. */
  void acknowledge(RedisStream stream) {
    acknowledgements.send(stream);
  }
}
