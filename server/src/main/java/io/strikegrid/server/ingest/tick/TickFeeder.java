package io.strikegrid.server.ingest.tick;

import io.strikegrid.server.ingest.journal.Entry;
import io.strikegrid.server.ingest.journal.Journal;
import io.strikegrid.server.ingest.journal.JournalException;
import io.strikegrid.server.live.Feed;
import io.strikegrid.server.live.Receipt;
import io.strikegrid.server.live.TickSink;
import io.strikegrid.server.platform.watch.Outage;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands the batches of a journal in, in order, each until there is room for it. A batch that cannot
 * be read or is refused with a fault is a dead letter: it stays in the journal, and the next one is
 * taken. For one thread.
 */
final class TickFeeder {

  private static final Logger LOG = LoggerFactory.getLogger(TickFeeder.class);
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);
  private static final Duration RETRY_AFTER = Duration.ofMillis(20);
  private static final int TRIES = 5;

  private final Journal journal;
  private final TickCodec codec;
  private final TickSink sink;
  private final Feed feed;
  private final InstantSource clock;
  private final BooleanSupplier isStopping;
  private final Optional<LostTicks> keeper;
  private final Outage memory = new Outage(LOG, "there is no memory for ticks");

  /**
   * A feeder that gives up waiting for room as soon as it is to stop.
   *
   * @param keeper takes ticks whose market is not known any more; without, they stay in the journal
   */
  TickFeeder(
      Journal journal,
      TickCodec codec,
      TickSink sink,
      Feed feed,
      InstantSource clock,
      BooleanSupplier isStopping,
      Optional<LostTicks> keeper) {
    this.journal = journal;
    this.codec = codec;
    this.sink = sink;
    this.feed = feed;
    this.clock = clock;
    this.isStopping = isStopping;
    this.keeper = keeper;
  }

  /** Hands the next batch in, if one comes soon. */
  void step() throws InterruptedException {
    Optional<Entry> entry = journal.take(LOOK_EVERY);
    if (entry.isPresent()) {
      while (!hasRoomFor(entry.get()) && !isStopping.getAsBoolean()) {
        Thread.sleep(RETRY_AFTER);
      }
      journal.passedOn(entry.get());
    }
  }

  /** Hands in; false where the process has no memory for it now, so that it is to come again. */
  private boolean hasRoomFor(Entry entry) throws InterruptedException {
    try {
      handIn(entry);
      memory.over();
      return true;
    } catch (OutOfMemoryError e) {
      memory.failed("the batch in " + entry + " is tried again");
      return false;
    }
  }

  private void handIn(Entry entry) throws InterruptedException {
    TickCodec.Decoded decoded;
    try {
      decoded = codec.decode(journal.read(entry));
    } catch (IOException | RuntimeException e) {
      deadLetter(entry, "unreadable_batch", e);
      return;
    }
    Receipt receipt = new Receipt(() -> journal.release(entry));
    boolean isTaken = offer(entry, decoded, receipt);
    decoded.lost().forEach(tick -> feed.refused(clock.instant(), "unknown_market", tick.message()));
    if (isTaken && (decoded.lost().isEmpty() || keepLost(entry, receipt))) {
      receipt.release();
    }
  }

  /** Whether somebody keeps what cannot be handed in; if not, the batch stays as a whole. */
  private boolean keepLost(Entry entry, Receipt receipt) throws InterruptedException {
    if (keeper.isEmpty()) {
      return false;
    }
    while (!keeper.get().offer(entry, receipt)) {
      if (isStopping.getAsBoolean()) {
        return false;
      }
      Thread.sleep(RETRY_AFTER);
    }
    return true;
  }

  private boolean offer(Entry entry, TickCodec.Decoded decoded, Receipt receipt)
      throws InterruptedException {
    int faults = 0;
    while (!isStopping.getAsBoolean()) {
      try {
        if (decoded.ticks().isEmpty() || sink.offer(feed, decoded.ticks(), receipt)) {
          return true;
        }
      } catch (RuntimeException e) {
        faults++;
        if (faults == TRIES) {
          deadLetter(entry, "failed_batch", e);
          return false;
        }
      }
      Thread.sleep(RETRY_AFTER);
    }
    return false;
  }

  private void deadLetter(Entry entry, String code, Exception e) {
    LOG.error("the batch in {} stays there: {}", entry, code, e);
    String reason = e instanceof JournalException || e instanceof IOException ? " is damaged" : "";
    feed.refused(clock.instant(), code, "the batch in " + entry + reason + " stays in the journal");
  }
}
