package io.strikegrid.server.live;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What became of the minutes so far, for operators. Written by committers, read by any thread. */
public final class LiveState {

  private static final Logger LOG = LoggerFactory.getLogger(LiveState.class);

  private final LongAdder minutes = new LongAdder();
  private final LongAdder rows = new LongAdder();
  private final LongAdder ticks = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private final LongAdder parked = new LongAdder();
  private volatile @Nullable Instant lastCommit;
  private volatile Duration lastDuration = Duration.ZERO;
  private final Map<String, String> troubles = new ConcurrentHashMap<>();

  void committed(
      String symbol, int minuteCount, long rowCount, long tickCount, Instant at, Duration took) {
    minutes.add(minuteCount);
    rows.add(rowCount);
    ticks.add(tickCount);
    lastCommit = at;
    lastDuration = took;
    troubles.remove(symbol);
  }

  /** Minutes of a symbol could not be committed, and are tried again. */
  void failed(String symbol, String reason) {
    failures.increment();
    troubles.put(symbol, reason);
  }

  /** Ticks were refused for good, since no commit can take them. */
  void parked(int tickCount) {
    parked.add(tickCount);
  }

  /** Minutes that were to be made again as they are cannot be; the audit finds what they lack. */
  void gaveUp(String symbol, Throwable failure) {
    LOG.error("later minutes of {} could not be made again; the audit finds them", symbol, failure);
  }

  /** What a failure says, in words. */
  static String reason(Throwable failure) {
    return failure instanceof Error || failure.getMessage() == null
        ? failure.toString()
        : failure.getMessage();
  }

  /** Minutes that were committed, corrections counted anew. */
  public long minutes() {
    return minutes.sum();
  }

  /** One-minute rows that commits added or changed. */
  public long rows() {
    return rows.sum();
  }

  /** Ticks in those minutes. */
  public long ticks() {
    return ticks.sum();
  }

  /** Commits that failed and were tried again. */
  public long failures() {
    return failures.sum();
  }

  /** Ticks that were refused for good, since no commit can take them. */
  public long parked() {
    return parked.sum();
  }

  /** When the last commit was. */
  public Optional<Instant> lastCommit() {
    return Optional.ofNullable(lastCommit);
  }

  /** How long the last commit took. */
  public Duration lastDuration() {
    return lastDuration;
  }

  /** Nothing of a symbol waits any more, whatever became of it. */
  void settled(String symbol) {
    troubles.remove(symbol);
  }

  /** Whether commits of any symbol fail now. */
  boolean isTroubled() {
    return !troubles.isEmpty();
  }

  /** Of a symbol whose commits fail now, why, in words. */
  public Optional<String> trouble() {
    return troubles.entrySet().stream()
        .findFirst()
        .map(of -> "minutes of " + of.getKey() + " wait for the store: " + of.getValue());
  }
}
