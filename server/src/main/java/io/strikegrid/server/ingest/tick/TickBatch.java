package io.strikegrid.server.ingest.tick;

import io.strikegrid.server.ingest.Refusal;
import io.strikegrid.server.live.Tick;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The ticks of one request, good and bad. For one thread. */
final class TickBatch {

  /** Most refused ticks that are named one by one. */
  static final int MOST_NAMED = 1_000;

  /**
   * A tick that was refused.
   *
   * @param index its position in the request
   * @param refusal why
   */
  record Rejected(int index, Refusal refusal) {}

  private final List<Tick> ticks = new ArrayList<>();
  private final List<Rejected> rejected = new ArrayList<>();
  private final IgnoredFields ignored = new IgnoredFields();
  private int rejectedCount;

  void add(Tick tick) {
    ticks.add(tick);
  }

  void reject(int index, Refusal refusal) {
    rejectedCount++;
    if (rejected.size() < MOST_NAMED) {
      rejected.add(new Rejected(index, refusal));
    }
  }

  /** The good ones. */
  List<Tick> ticks() {
    return ticks;
  }

  int received() {
    return ticks.size() + rejectedCount;
  }

  int rejectedCount() {
    return rejectedCount;
  }

  /** The first of those that were refused. */
  List<Rejected> rejected() {
    return rejected;
  }

  IgnoredFields ignored() {
    return ignored;
  }

  /** The newest event time of the good ones. */
  Optional<Instant> newest() {
    return ticks.stream()
        .map(tick -> tick.observation().millis())
        .max(Long::compare)
        .map(Instant::ofEpochMilli);
  }
}
