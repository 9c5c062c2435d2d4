package io.strikegrid.server.platform.watch;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes round once a second and tells the log what is wrong: once when it begins and once when it
 * ends. What is wrong by its checks must be so {@value #WRONG_ROUNDS} times in a row before it is
 * told, and right {@value #RIGHT_ROUNDS} times before it is over, so that one that comes and goes
 * is told as one. What it looks at must answer at once. A thread of its own.
 */
public final class Patrol implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Patrol.class);
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final Duration SILENCE = Duration.ofSeconds(30);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(2);
  private static final int FRAMES = 12;
  private static final int WRONG_ROUNDS = 3;
  private static final int RIGHT_ROUNDS = 5;

  private final Watch watch;
  private final List<Check> checks;
  private final Map<String, Outage> told = new HashMap<>();
  private final Map<String, Smoothed> smoothed = new HashMap<>();
  private final WatchedThread thread;

  /**
   * Something that can be wrong.
   *
   * @param what is wrong then: {@code the store does not answer}
   * @param reason why it is so now; empty where it is not
   */
  public record Check(String what, Supplier<Optional<String>> reason) {}

  /** Starts to go round, by the watch and by more that can be wrong. */
  public Patrol(Watch watch, List<Check> checks) {
    this.watch = watch;
    this.checks = List.copyOf(checks);
    this.thread = watch.start(Vital.of("watch", SILENCE), this::goRound);
  }

  private void goRound(Heartbeat heartbeat) throws InterruptedException {
    while (true) {
      heartbeat.beat();
      look();
      Thread.sleep(EVERY);
    }
  }

  private void look() {
    for (ThreadLook look : watch.look()) {
      Outage outage = outage("a thread is stuck: " + look.name());
      if (look.state() == ThreadLook.State.STUCK) {
        String where = outage.isOn() ? "" : at(look);
        outage.failed("no sign of life for " + look.silentFor().toSeconds() + " s" + where);
      } else {
        outage.over();
      }
    }
    for (Check check : checks) {
      look(check);
    }
  }

  private void look(Check check) {
    Optional<String> reason = check.reason().get();
    Outage outage = outage(check.what());
    boolean isWrong =
        smoothed
            .computeIfAbsent(check.what(), what -> new Smoothed(WRONG_ROUNDS, RIGHT_ROUNDS))
            .see(reason.isPresent());
    if (!isWrong) {
      outage.over();
    } else if (reason.isPresent()) {
      outage.failed(reason.get());
    }
  }

  private Outage outage(String what) {
    return told.computeIfAbsent(what, w -> new Outage(LOG, w));
  }

  private String at(ThreadLook look) {
    return watch
        .stack(look.name())
        .map(frames ->
            Arrays.stream(frames)
                .limit(FRAMES)
                .map(frame -> "\n\tat " + frame)
                .collect(Collectors.joining()))
        .orElse("");
  }

  @Override
  public void close() {
    try {
      thread.stop(STOP_WITHIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
