package io.strikegrid.server.ingest.tick;

import io.strikegrid.server.ingest.journal.Entry;
import io.strikegrid.server.ingest.journal.Journal;
import io.strikegrid.server.live.Receipt;
import io.strikegrid.server.platform.watch.Heartbeat;
import io.strikegrid.server.platform.watch.Outage;
import io.strikegrid.server.platform.watch.Vital;
import io.strikegrid.server.platform.watch.Watch;
import io.strikegrid.server.platform.watch.WatchedThread;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts ticks whose market is not known any more among the refused ones, on a thread of its own:
 * while the store is away, others are handed in. What cannot be kept is tried again until it can,
 * after what waits with it; its batch stays in the journal as long, and only its place there takes
 * memory. One thread gives; any may ask.
 */
final class LostTicks implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LostTicks.class);
  private static final int MOST = 10_000;
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(10);
  private static final Vital LOST = Vital.of("lost-ticks", Duration.ofMinutes(5));

  private final Journal journal;
  private final TickCodec codec;
  private final RefusedKeeper keeper;
  private final String feed;
  private final BlockingQueue<Waiting> waiting = new LinkedBlockingQueue<>();
  private final Set<Entry> failing = ConcurrentHashMap.newKeySet();
  private final Outage outage = new Outage(LOG, "ticks of markets that are gone are not kept");
  private final WatchedThread thread;
  private volatile String reason = "";
  private volatile boolean closing;

  /**
   * Starts to keep.
   *
   * @param feed that brought them, by its name
   */
  LostTicks(Journal journal, TickCodec codec, RefusedKeeper keeper, String feed, Watch watch) {
    this.journal = journal;
    this.codec = codec;
    this.keeper = keeper;
    this.feed = feed;
    this.thread = watch.start(LOST, this::run);
  }

  private record Waiting(Entry entry, Receipt receipt) {}

  /** Takes a batch that has some; false where as many wait as may. */
  boolean offer(Entry entry, Receipt receipt) {
    if (waiting.size() >= MOST) {
      return false;
    }
    receipt.hold();
    waiting.add(new Waiting(entry, receipt));
    return true;
  }

  /** Why some are not kept yet; empty where nothing failed. */
  Optional<String> trouble() {
    int count = failing.size();
    return count == 0
        ? Optional.empty()
        : Optional.of(
            "ticks of markets that are gone wait in %d batches of the journal, to be kept among the refused ones: %s"
                .formatted(count, reason));
  }

  private void run(Heartbeat heartbeat) throws InterruptedException {
    Duration pause = FIRST_PAUSE;
    while (!closing) {
      heartbeat.beat();
      Waiting next = waiting.poll(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
      if (next == null || keep(next)) {
        pause = FIRST_PAUSE;
      } else {
        Thread.sleep(pause);
        Duration twice = pause.multipliedBy(2);
        pause = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
      }
    }
  }

  /** Whether it is kept; if not, it waits behind the others. */
  private boolean keep(Waiting next) {
    boolean isKept = false;
    try {
      List<TickCodec.Lost> lost = codec.decode(journal.read(next.entry())).lost();
      keeper.keepLost(feed, lost);
      isKept = true;
      failing.remove(next.entry());
      next.receipt().release();
      if (failing.isEmpty()) {
        outage.over();
      }
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      reason = e.getMessage() == null ? e.toString() : e.getMessage();
      failing.add(next.entry());
      outage.failed(reason, e);
    } finally {
      if (!isKept) {
        waiting.add(next);
      }
    }
    return isKept;
  }

  @Override
  public void close() {
    thread.stopping();
    closing = true;
    try {
      if (!thread.stop(STOP_WITHIN)) {
        LOG.warn("ticks of markets that are gone could not be kept; they stay in the journal");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
