package io.strikegrid.server.ingest.tick;

import io.strikegrid.server.ingest.journal.Journal;
import io.strikegrid.server.ingest.journal.JournalConfig;
import io.strikegrid.server.ingest.journal.JournalException;
import io.strikegrid.server.ingest.journal.JournalFullException;
import io.strikegrid.server.ingest.journal.JournalInUseException;
import io.strikegrid.server.live.Backlog;
import io.strikegrid.server.live.Feed;
import io.strikegrid.server.live.Tick;
import io.strikegrid.server.live.TickSink;
import io.strikegrid.server.platform.http.Problem;
import io.strikegrid.server.platform.http.ProblemCode;
import io.strikegrid.server.platform.market.MarketCatalog;
import io.strikegrid.server.platform.watch.Heartbeat;
import io.strikegrid.server.platform.watch.Vital;
import io.strikegrid.server.platform.watch.Watch;
import io.strikegrid.server.platform.watch.WatchedThread;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes ticks for good: they are in the journal before they are answered for, and go from there to
 * their minutes. What an earlier process left in the journal is handed in first.
 *
 * <p>While another process has the journal, nothing is taken; as soon as that one ends, this one
 * goes on with what it left. One thread of its own hands in; any thread may give.
 */
public final class TickIntake implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TickIntake.class);
  private static final Duration LOCK_EVERY = Duration.ofSeconds(1);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(10);
  private static final Vital TICKS = Vital.of("ticks", Duration.ofSeconds(60));

  private final JournalConfig config;
  private final TickCodec codec;
  private final TickSink sink;
  private final Feed feed;
  private final InstantSource clock;
  private final Optional<RefusedKeeper> refused;
  private final Watch watch;
  private final WatchedThread thread;
  private volatile @Nullable Journal journal;
  private volatile @Nullable LostTicks lost;
  private volatile boolean closing;
  private volatile boolean isFull;
  private volatile boolean isReader;

  private TickIntake(
      JournalConfig config,
      MarketCatalog markets,
      TickSink sink,
      Feed feed,
      InstantSource clock,
      Optional<RefusedKeeper> refused,
      Watch watch) {
    this.refused = refused;
    this.config = config;
    this.watch = watch;
    this.codec = new TickCodec(markets);
    this.sink = sink;
    this.feed = feed;
    this.clock = clock;
    this.journal = tryOpen();
    try {
      this.thread = watch.start(TICKS, this::run);
    } catch (RuntimeException | Error e) {
      Journal open = journal;
      if (open != null) {
        open.close();
      }
      throw e;
    }
  }

  /**
   * Opens the journal and starts to hand in what is left in it.
   *
   * @param feed whose ticks they are
   * @param refused takes ticks whose market is not known any more
   * @throws JournalException where the journal's folder cannot be used
   */
  public static TickIntake open(
      JournalConfig config,
      MarketCatalog markets,
      TickSink sink,
      Feed feed,
      InstantSource clock,
      RefusedKeeper refused) {
    return open(config, markets, sink, feed, clock, refused, new Watch());
  }

  /** The same; ticks whose market is not known any more stay in the journal. */
  public static TickIntake open(
      JournalConfig config, MarketCatalog markets, TickSink sink, Feed feed, InstantSource clock) {
    return open(config, markets, sink, feed, clock, new Watch());
  }

  /** The same, with its threads watched. */
  public static TickIntake open(
      JournalConfig config,
      MarketCatalog markets,
      TickSink sink,
      Feed feed,
      InstantSource clock,
      Watch watch) {
    return new TickIntake(config, markets, sink, feed, clock, Optional.empty(), watch);
  }

  /**
   * Opens the journal and starts to hand in what is left in it.
   *
   * @param feed whose ticks they are
   * @param refused takes ticks whose market is not known any more
   * @throws JournalException where the journal's folder cannot be used
   */
  public static TickIntake open(
      JournalConfig config,
      MarketCatalog markets,
      TickSink sink,
      Feed feed,
      InstantSource clock,
      RefusedKeeper refused,
      Watch watch) {
    return new TickIntake(config, markets, sink, feed, clock, Optional.of(refused), watch);
  }

  private @Nullable Journal tryOpen() {
    try {
      Journal open = Journal.open(config, watch);
      open.damages().forEach(damage -> feed.refused(clock.instant(), "damaged_journal", damage));
      feed.connected();
      if (isReader) {
        LOG.info("the other process ended: ticks are taken here now");
      }
      isReader = false;
      return open;
    } catch (JournalInUseException e) {
      isReader = true;
      if (feed.trouble().isEmpty()) {
        LOG.warn("ticks are not taken: {}", e.getMessage());
      }
      feed.disconnected(reason(e));
      return null;
    }
  }

  /**
   * Takes the ticks of a request; when this returns, they are durable.
   *
   * @throws Problem where there is no room, or they cannot be written; then the same request may be
   *     sent again
   */
  void take(List<Tick> ticks) {
    Journal open = journal;
    if (open == null || closing) {
      throw new Problem(
          ProblemCode.NOT_READY,
          isReader && !closing
              ? "another process takes the ticks of this journal, and this server only reads; try"
                  + " again, or send to that one"
              : "the journal of ticks is not open, so they were not taken; try again");
    }
    if (ticks.isEmpty()) {
      return;
    }
    byte[] batch = TickCodec.encode(ticks);
    try {
      open.append(batch);
      noteWritable(open);
      noteFull(false);
    } catch (JournalFullException e) {
      feed.received(0, null, clock.instant());
      noteFull(true);
      throw new Problem(
          ProblemCode.NOT_READY,
          "%d bytes of ticks wait to be taken, and with %d more they would be above %d; try again"
              .formatted(open.waitingBytes(), batch.length, open.mostWaitingBytes()));
    } catch (JournalException e) {
      feed.received(0, null, clock.instant());
      noteWritable(open);
      throw new Problem(
          ProblemCode.NOT_READY,
          "the journal of ticks cannot be written, so they were not taken; try again");
    }
  }

  /** The feed is as its journal is, whoever found that out. */
  private synchronized void noteWritable(Journal open) {
    Optional<String> failure = open.unwritable();
    if (failure.isEmpty() != feed.isConnected()) {
      failure.ifPresentOrElse(
          why -> feed.disconnected("the journal cannot be written: " + why), feed::connected);
    }
  }

  private void noteFull(boolean full) {
    if (full != isFull) {
      isFull = full;
      LOG.warn(
          full
              ? "ticks come faster than they are taken: some are refused"
              : "ticks are taken again");
    }
  }

  private static String reason(JournalException e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause == e ? "" + e.getMessage() : e.getMessage() + ": " + cause.getMessage();
  }

  /** Whose ticks are taken. */
  Feed feed() {
    return feed;
  }

  /** What of its journal needs somebody to look at it, and what waits for the store. */
  public List<String> troubles() {
    return Stream.concat(
            Optional.ofNullable(journal).flatMap(Journal::kept).stream(),
            Optional.ofNullable(lost).flatMap(LostTicks::trouble).stream())
        .toList();
  }

  /** What was taken and is not committed yet. */
  public Backlog backlog() {
    Journal open = journal;
    return open == null
        ? new Backlog(0, config.backlogBytes(), 0)
        : new Backlog(open.waitingBytes(), open.mostWaitingBytes(), open.unreleased());
  }

  /** Whatever is wrong with the folder may be mended while the process runs. */
  private @Nullable Journal tryAgain() {
    try {
      return tryOpen();
    } catch (JournalException e) {
      if (feed.trouble().filter(reason(e)::equals).isEmpty()) {
        LOG.error("ticks are not taken, to be tried again: {}", reason(e));
      }
      feed.disconnected(reason(e));
      return null;
    }
  }

  private void run(Heartbeat heartbeat) throws InterruptedException {
    Journal open = journal;
    while (open == null && !closing) {
      heartbeat.beat();
      Thread.sleep(LOCK_EVERY);
      open = tryAgain();
      journal = open;
    }
    if (open == null) {
      return;
    }
    Journal from = open;
    BooleanSupplier isStopping = () -> isStopping(heartbeat, from);
    TickFeeder feeder = new TickFeeder(from, codec, sink, feed, clock, isStopping, keeper(from));
    while (!isStopping.getAsBoolean()) {
      feeder.step();
    }
  }

  private Optional<LostTicks> keeper(Journal from) {
    if (lost == null && refused.isPresent()) {
      lost = new LostTicks(from, codec, refused.get(), feed.name(), watch);
    }
    return Optional.ofNullable(lost);
  }

  /** Asked at each turn, also while there is no room: who waits for that lives. */
  private boolean isStopping(Heartbeat heartbeat, Journal from) {
    heartbeat.beat();
    noteWritable(from);
    return closing;
  }

  /** Hands nothing in any more and closes the journal. What is not committed stays there. */
  @Override
  public void close() {
    thread.stopping();
    closing = true;
    try {
      if (!thread.finish(STOP_WITHIN)) {
        LOG.warn("ticks could not be handed in for a long time; they stay in the journal");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    LostTicks keeper = lost;
    if (keeper != null) {
      keeper.close();
    }
    Journal open = journal;
    if (open != null) {
      open.close();
    }
  }
}
