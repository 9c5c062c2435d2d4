package io.strikegrid.server.ingest.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.strikegrid.server.ingest.tick.TickReader;
import io.strikegrid.server.live.Feed;
import io.strikegrid.server.live.TickSink;
import io.strikegrid.server.platform.watch.Heartbeat;
import io.strikegrid.server.platform.watch.Outage;
import io.strikegrid.server.platform.watch.Vital;
import io.strikegrid.server.platform.watch.Watch;
import io.strikegrid.server.platform.watch.WatchedThread;
import io.strikegrid.server.store.SessionLock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Consumes a Redis stream for as long as this server holds the lock of the feed. It runs on a
 * thread of its own that starts at once, ends with {@link #close}, and gives up for no other
 * reason: a lost connection is made again after a growing, random delay.
 *
 * <p>After each connect it takes first what was handed out before and never acknowledged, to this
 * or another consumer of the group and in the order of the stream, then new entries. An entry that
 * is on its way in this process is not taken again.
 */
public final class RedisFeed implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RedisFeed.class);
  private static final Duration WAIT_FOR_ROOM = Duration.ofMillis(100);
  private static final Duration WAIT_FOR_LOCK = Duration.ofSeconds(1);
  private static final Vital REDIS_FEED = Vital.of("redis-feed", Duration.ofMinutes(4));
  private static final Duration STOP_WITHIN = Duration.ofSeconds(4);

  private final RedisConfig config;
  private final SessionLock lock;
  private final Feed feed;
  private final EntryIntake intake;
  private final RedisClient client = RedisClients.create();
  private final Outage away = new Outage(LOG, "the feed of a Redis stream is away");
  private final WatchedThread thread;
  private volatile boolean closing;

  /**
   * Starts to consume; waits for nothing.
   *
   * @param lock decides who consumes; closed with this
   * @param sink where ticks go
   * @param feed told what happens
   */
  public RedisFeed(
      RedisConfig config,
      SessionLock lock,
      TickReader reader,
      TickSink sink,
      Feed feed,
      InstantSource clock) {
    this(config, lock, reader, sink, feed, clock, new Watch());
  }

  /** The same, with its thread watched. */
  public RedisFeed(
      RedisConfig config,
      SessionLock lock,
      TickReader reader,
      TickSink sink,
      Feed feed,
      InstantSource clock,
      Watch watch) {
    this.config = config;
    this.lock = lock;
    this.feed = feed;
    this.intake = new EntryIntake(new EntryReader(reader), sink, feed, clock);
    this.thread = watch.start(REDIS_FEED, this::run);
  }

  private void run(Heartbeat heartbeat) {
    int failures = 0;
    while (!closing) {
      if (!holdsLock(heartbeat)) {
        pause(WAIT_FOR_LOCK);
        continue;
      }
      try (RedisStream stream = RedisStream.open(client, config)) {
        feed.connected();
        LOG.info("consuming {} at {}", config.stream(), config.address());
        failures = 0;
        away.over();
        try {
          consume(stream, heartbeat);
        } finally {
          acknowledgeAtStop(stream);
        }
      } catch (RuntimeException | OutOfMemoryError e) {
        failures = failed(e, failures);
      }
    }
    lock.close();
  }

  private int failed(Throwable e, int failures) {
    if (closing) {
      return failures;
    }
    String reason = config.address() + ": " + RedisFailure.reason(e);
    feed.disconnected(reason);
    if (!RedisFailure.isForeseen(e)) {
      away.failed("not foreseen, and tried again: " + e, e);
    } else {
      away.failed(reason);
    }
    pause(RedisClients.BACKOFF.createDelay(failures + 1L));
    return failures + 1;
  }

  private boolean holdsLock(Heartbeat heartbeat) {
    heartbeat.beat();
    SessionLock.State state = lock.take();
    switch (state) {
      case HELD -> {}
      case HELD_BY_ANOTHER -> feed.disconnected("another server on this store consumes the stream");
      case NO_STORE -> feed.disconnected("the store does not say who consumes the stream");
    }
    return state == SessionLock.State.HELD;
  }

  private boolean goesOn(Heartbeat heartbeat) {
    return !closing && holdsLock(heartbeat);
  }

  /** Ends where it must begin anew, with what was handed out and not taken. */
  private void consume(RedisStream stream, Heartbeat heartbeat) {
    boolean taken = takePending(stream, heartbeat);
    while (taken && goesOn(heartbeat)) {
      taken = take(stream, stream.fresh(), heartbeat);
    }
  }

  private void acknowledgeAtStop(RedisStream stream) {
    boolean woken = Thread.interrupted();
    if (!closing) {
      return;
    }
    try {
      intake.acknowledge(stream);
    } catch (RedisException e) {
      LOG.debug("woken: {}; what is committed comes again", woken, e);
    }
  }

  private boolean takePending(RedisStream stream, Heartbeat heartbeat) {
    String after = RedisStream.FIRST;
    while (goesOn(heartbeat)) {
      List<String> ids = stream.pending(after);
      if (ids.isEmpty()) {
        return true;
      }
      List<String> free = ids.stream().filter(id -> !intake.isOnItsWay(id)).toList();
      if (!take(stream, stream.claim(free), heartbeat)) {
        return false;
      }
      after = ids.getLast();
    }
    return false;
  }

  /** Takes a page in order; false at the first entry that it has to give up. */
  private boolean take(RedisStream stream, List<RawEntry> page, Heartbeat heartbeat) {
    for (RawEntry raw : page) {
      if (closing || !intake.take(stream, raw, () -> pause(WAIT_FOR_ROOM) && goesOn(heartbeat))) {
        return false;
      }
    }
    intake.acknowledge(stream);
    return true;
  }

  /** Waits; false where it was woken to stop. */
  private static boolean pause(Duration time) {
    try {
      Thread.sleep(time);
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  /** Stops within 5 s. What is committed by now is acknowledged; the rest comes again. */
  @Override
  public void close() {
    thread.stopping();
    closing = true;
    try {
      thread.stop(STOP_WITHIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    RedisClients.close(client);
  }
}
