package io.strikegrid.server.platform.postgres;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees when a server has gone that nobody stopped, ends one that is frozen, and has it started
 * again: at once, then after pauses that double up to {@value #LONGEST_PAUSE_MILLIS} ms, for as
 * long as it takes. An outage is one line in the log when it begins and one when it ends; {@link
 * #state} tells it meanwhile.
 *
 * <p>One thread of its own looks and restarts, and alone writes the state; any thread reads it.
 */
final class Supervisor {

  private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
  private static final Duration LOOK_EVERY = Duration.ofMillis(200);
  private static final long FIRST_PAUSE_MILLIS = 250;
  private static final long LONGEST_PAUSE_MILLIS = 5_000;

  /** A server that ends as soon as it runs is not started more often than this. */
  private static final Duration BETWEEN_STARTS = Duration.ofSeconds(1);

  private final Supervised server;
  private final InstantSource clock;
  private final LongSupplier nanos;
  private final Thread thread;
  private volatile ServerState state = ServerState.running(0);
  private volatile boolean ended;
  private long lastStart;

  /** What is watched. */
  interface Supervised {
    /** Whether its process is there. */
    boolean isThere() throws IOException;

    /** Ends it where it is there and does not answer any more; takes a while where that is so. */
    void endFrozen() throws IOException;

    /** Sees to it that it accepts connections, whoever starts it. */
    void restart() throws IOException, InterruptedException;

    /** Its name, for the log. */
    String name();
  }

  /** Watches a server that runs. */
  Supervisor(Supervised server, InstantSource clock, LongSupplier nanos) {
    this.server = server;
    this.clock = clock;
    this.nanos = nanos;
    this.lastStart = nanos.getAsLong() - BETWEEN_STARTS.toNanos();
    this.thread = Thread.ofPlatform().name("postgres").daemon().start(this::watch);
  }

  ServerState state() {
    return state;
  }

  /** Cuts a try short, so that what it holds is free soon. */
  void hurry() {
    thread.interrupt();
  }

  /** Ends the watch without waiting for a try that is under way. */
  void end() {
    ended = true;
    thread.interrupt();
  }

  private void watch() {
    while (!ended) {
      try {
        Thread.sleep(LOOK_EVERY);
        if (!isThere()) {
          bringBack();
        } else {
          server.endFrozen();
        }
      } catch (InterruptedException _) {
        LOG.debug("the watch of {} was interrupted", server.name());
      } catch (IOException | RuntimeException | Error e) {
        LOG.warn("the watch of {} goes on after: {}", server.name(), e, e);
      }
    }
  }

  private boolean isThere() {
    try {
      return server.isThere();
    } catch (IOException e) {
      LOG.debug("cannot tell whether {} runs", server.name(), e);
      return true;
    }
  }

  private void bringBack() throws InterruptedException {
    Instant since = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    long start = nanos.getAsLong();
    int restarts = state.restarts();
    state = ServerState.restarting(since, 0, "it ended without being told to", restarts);
    LOG.warn("{} ended without being told to; starting it again until it runs", server.name());
    long pause = FIRST_PAUSE_MILLIS;
    int tries = 0;
    while (!ended) {
      spaceStarts();
      tries++;
      String reason = attempt(since, tries);
      if (reason.isEmpty()) {
        state = ServerState.running(restarts + 1);
        long took = Duration.ofNanos(nanos.getAsLong() - start).toMillis();
        LOG.info("{} runs again after {} ms, at try {}", server.name(), took, tries);
        return;
      }
      state = ServerState.restarting(since, tries, reason, restarts);
      Thread.sleep(pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
    }
  }

  private void spaceStarts() throws InterruptedException {
    long left = lastStart + BETWEEN_STARTS.toNanos() - nanos.getAsLong();
    if (left > 0) {
      Thread.sleep(Duration.ofNanos(left));
    }
    lastStart = nanos.getAsLong();
  }

  /** Why it failed, empty where it did not. */
  private String attempt(Instant since, int tries) throws InterruptedException {
    try {
      server.restart();
      return "";
    } catch (IOException | RuntimeException e) {
      LOG.debug("{}, away since {}, try {}", server.name(), since, tries, e);
      String message = e.getMessage();
      return message == null ? e.toString() : message.lines().findFirst().orElse("");
    }
  }
}
