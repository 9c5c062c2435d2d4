package io.strikegrid.server.ingest.replay;

import io.strikegrid.server.ingest.Recording;
import io.strikegrid.server.ingest.profile.Profile;
import io.strikegrid.server.ingest.profile.Profiles;
import io.strikegrid.server.live.Tick;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Plays recorded files: their trading days one after the other, each in the order of event time and
 * paced by it. The time between two days is not waited for. For one thread.
 */
public final class Replay {

  private static final Duration LONGEST_SLEEP = Duration.ofMillis(500);
  private static final Duration GATHER = Duration.ofMillis(5);

  private final ReplayConfig config;
  private final Profiles profiles;
  private final Pauses pauses;

  /** Waiting, so that a test need not. */
  interface Pauses {
    /** Nanoseconds from any origin. */
    long nanoTime();

    /** Waits. */
    void sleep(Duration time) throws InterruptedException;
  }

  private static final class RealPauses implements Pauses {
    @Override
    public long nanoTime() {
      return System.nanoTime();
    }

    @Override
    public void sleep(Duration time) throws InterruptedException {
      Thread.sleep(time);
    }
  }

  /** A replay to where the configuration says. */
  public Replay(ReplayConfig config, Profiles profiles) {
    this(config, profiles, new RealPauses());
  }

  Replay(ReplayConfig config, Profiles profiles, Pauses pauses) {
    this.config = config;
    this.profiles = profiles;
    this.pauses = pauses;
  }

  /**
   * Plays everything that was read.
   *
   * @throws ReplayException where the receiver cannot be reached, or refuses as a whole
   */
  public ReplayReport run(Recording recording, ReplayProgress progress)
      throws ReplayException, IOException, InterruptedException {
    boolean readyMade = isReadyMade(recording.profiles());
    ReplayReport report = new ReplayReport(readyMade ? "bars" : "ticks");
    try (ReplayTarget target = target(readyMade, report)) {
      for (LocalDate day : recording.days()) {
        List<Tick> ticks = recording.ticks(day);
        if (readyMade) {
          ticks.sort(BarFields.ORDER);
        }
        report.start();
        play(day, ticks, readyMade, target, progress);
      }
    }
    if (!config.disorder().isNone()) {
      report.note("seed " + config.disorder().seed());
    }
    return report;
  }

  private boolean isReadyMade(Set<Profile> used) throws ReplayException {
    Set<Profile.Kind> kinds = used.stream().map(Profile::kind).collect(Collectors.toSet());
    if (kinds.size() > 1) {
      throw new ReplayException(
          "ready-made bars and chains are replayed apart from each other", null);
    }
    boolean readyMade = kinds.contains(Profile.Kind.BARS);
    if (readyMade && config.redis().isPresent()) {
      throw new ReplayException(
          "ready-made bars go over http alone, to /ingest/bars: a stream carries ticks", null);
    }
    if (readyMade && !config.disorder().isNone()) {
      throw new ReplayException(
          "shuffle, duplicates and late are for ticks; these are ready-made bars", null);
    }
    for (Profile profile : used) {
      List<String> lost = TickFields.withoutName(profile);
      if (!readyMade && !lost.isEmpty()) {
        throw new ReplayException(
            "a tick cannot carry what profile %s reads: %s"
                .formatted(profile.name(), String.join(", ", lost)),
            null);
      }
    }
    return readyMade;
  }

  private ReplayTarget target(boolean readyMade, ReplayReport report) {
    if (config.redis().isPresent()) {
      return new RedisTarget(config.redis().get().address(), config.redis().get().stream(), report);
    }
    Optional<Profile> ours =
        readyMade ? Optional.of(profiles.named("strikegrid")) : Optional.empty();
    return new HttpTarget(config.http().orElseThrow(), config.token(), ours, report);
  }

  private void play(
      LocalDate day,
      List<Tick> ticks,
      boolean readyMade,
      ReplayTarget target,
      ReplayProgress progress)
      throws ReplayException, InterruptedException {
    if (ticks.isEmpty()) {
      return;
    }
    List<Disorder.Sent> order = config.disorder().order(ticks);
    Pace pace = new Pace(config.speed(), pauses::nanoTime);
    pace.start(order.getFirst().millis());
    int from = 0;
    while (from < order.size()) {
      long wait = pace.nanosUntil(order.get(from).millis());
      if (wait > 0) {
        long nanos = Math.clamp(wait, GATHER.toNanos(), LONGEST_SLEEP.toNanos());
        pauses.sleep(Duration.ofNanos(nanos));
        continue;
      }
      int to = due(order, from, target.most(), pace, readyMade);
      List<Tick> batch = new ArrayList<>();
      order.subList(from, to).forEach(sent -> batch.add(sent.tick()));
      target.send(batch);
      from = to;
      long newest = batch.getLast().observation().millis();
      progress.sent(day, from, order.size(), Instant.ofEpochMilli(newest));
    }
  }

  /** End of those that are due now; the two sides of a ready-made bar go together. */
  private static int due(
      List<Disorder.Sent> order, int from, int most, Pace pace, boolean readyMade) {
    int to = from + 1;
    while (to < order.size()) {
      boolean together =
          readyMade && BarFields.isSameBar(order.get(to - 1).tick(), order.get(to).tick());
      if (!together && (to - from >= most || pace.nanosUntil(order.get(to).millis()) > 0)) {
        break;
      }
      to++;
    }
    return to;
  }
}
