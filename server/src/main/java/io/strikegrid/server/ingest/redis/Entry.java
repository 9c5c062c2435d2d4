package io.strikegrid.server.ingest.redis;

import io.strikegrid.server.live.Tick;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entry that was read.
 *
 * @param ticks those that can be taken, in their order
 * @param dead those that cannot
 */
record Entry(List<Tick> ticks, List<DeadLetter> dead) {

  Entry {
    ticks = List.copyOf(ticks);
    dead = List.copyOf(dead);
  }

  static Entry ofDead(DeadLetter letter) {
    return new Entry(List.of(), List.of(letter));
  }

  /** Newest event time; null where there is no tick. */
  @Nullable Instant newest() {
    return ticks.stream()
        .map(t -> Instant.ofEpochMilli(t.observation().millis()))
        .max(Instant::compareTo)
        .orElse(null);
  }
}
