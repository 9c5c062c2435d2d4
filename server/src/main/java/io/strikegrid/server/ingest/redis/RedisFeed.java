package io.strikegrid.server.ingest.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.strikegrid.server.ingest.tick.TickReader;
import io.strikegrid.server.live.Feed;
import io.strikegrid.server.live.TickSink;
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
  private static final Duration STOP_WITHIN = Duration.ofSeconds(4);

  private final RedisConfig config;
  private final SessionLock lock;
  private final Feed feed;
  private final EntryIntake intake;
  private final RedisClient client = RedisClients.create();
  private final Thread thread;
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
    this.config = config;
    this.lock = lock;
    this.feed = feed;
    this.intake = new EntryIntake(new EntryReader(reader), sink, feed, clock);
    this.thread = Thread.ofPlatform().name("redis-feed").daemon().start(this::run);
  }

  private void run() {
    int failures = 0;
    while (!closing) {
      if (!holdsLock()) {
        pause(WAIT_FOR_LOCK);
        continue;
      }
      try (RedisStream stream = RedisStream.open(client, config)) {
        feed.connected();
        LOG.info("consuming {} at {}", config.stream(), config.address());
        failures = 0;
        try {
          consume(stream);
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
      LOG.error("the feed failed, and is tried again", e);
    } else if (failures == 0) {
      LOG.warn("lost the feed, and try again: {}", reason);
    }
    pause(RedisClients.BACKOFF.createDelay(failures + 1L));
    return failures + 1;
  }

  private boolean holdsLock() {
    SessionLock.State state = lock.take();
    switch (state) {
      case HELD -> {}
      case HELD_BY_ANOTHER -> feed.disconnected("another server on this store consumes the stream");
      case NO_STORE -> feed.disconnected("the store does not say who consumes the stream");
    }
    return state == SessionLock.State.HELD;
  }

  private boolean goesOn() {
    return !closing && holdsLock();
  }

  /** Ends where it must begin anew, with what was handed out and not taken. */
  private void consume(RedisStream stream) {
    boolean taken = takePending(stream);
    while (taken && goesOn()) {
      taken = take(stream, stream.fresh());
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

  private boolean takePending(RedisStream stream) {
    String after = RedisStream.FIRST;
    while (goesOn()) {
      List<String> ids = stream.pending(after);
      if (ids.isEmpty()) {
        return true;
      }
      if (!take(stream, stream.claim(ids.stream().filter(id -> !intake.isOnItsWay(id)).toList()))) {
        return false;
      }
      after = ids.getLast();
    }
    return false;
  }

  /** Takes a page in order; false at the first entry that it has to give up. */
  private boolean take(RedisStream stream, List<RawEntry> page) {
    for (RawEntry raw : page) {
      if (closing || !intake.take(stream, raw, () -> pause(WAIT_FOR_ROOM) && goesOn())) {
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
    closing = true;
    thread.interrupt();
    try {
      thread.join(STOP_WITHIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    RedisClients.close(client);
  }
}
