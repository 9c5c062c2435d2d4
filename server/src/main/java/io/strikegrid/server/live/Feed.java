package io.strikegrid.server.live;

import io.strikegrid.engine.bar.Provenance;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The state of one feed, for operators: whether it is connected, what it brought, how far behind
 * its events are, and what could not be taken.
 *
 * <p>Written by the feed's threads, read by any.
 */
public final class Feed {

  private static final int SAMPLES = 20;

  private final String name;
  private final Provenance provenance;
  private final LongAdder messages = new LongAdder();
  private final LongAdder ticks = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder reconnects = new LongAdder();
  private final Deque<Sample> samples = new ArrayDeque<>();
  private volatile boolean connected;
  private volatile @Nullable String trouble;
  private volatile @Nullable Instant lastMessage;
  private volatile @Nullable Instant lastEvent;

  /**
   * A feed that is not connected yet.
   *
   * @param name as shown to operators: {@code http}, {@code redis}, {@code simulator}
   * @param provenance live or simulated
   */
  public Feed(String name, Provenance provenance) {
    this.name = name;
    this.provenance = provenance;
  }

  /**
   * Something that could not be taken.
   *
   * @param at when that was found
   * @param code of the reason
   * @param message field, value and what is allowed
   */
  public record Sample(Instant at, String code, String message) {}

  /** As shown to operators. */
  public String name() {
    return name;
  }

  /** What its bars are. */
  public Provenance provenance() {
    return provenance;
  }

  /** It can bring messages now. */
  public void connected() {
    connected = true;
    trouble = null;
  }

  /** It lost its source, and tries again. */
  public void disconnected(String reason) {
    if (connected) {
      reconnects.increment();
    }
    connected = false;
    trouble = reason;
  }

  /**
   * A message came.
   *
   * @param count ticks in it
   * @param newest newest event time in it; null where it has none
   * @param now when it came
   */
  public void received(int count, @Nullable Instant newest, Instant now) {
    messages.increment();
    ticks.add(count);
    lastMessage = now;
    if (newest != null) {
      lastEvent = newest;
    }
  }

  /** A tick, or a message as a whole, that cannot be taken: one dead letter. */
  public void refused(Instant now, String code, String message) {
    refused.increment();
    synchronized (samples) {
      samples.addLast(new Sample(now, code, message));
      if (samples.size() > SAMPLES) {
        samples.removeFirst();
      }
    }
  }

  /** Whether it can bring messages now. */
  public boolean isConnected() {
    return connected;
  }

  /** Why it is not connected, in words. */
  public Optional<String> trouble() {
    return Optional.ofNullable(trouble);
  }

  /** Messages that came. */
  public long messages() {
    return messages.sum();
  }

  /** Ticks in them. */
  public long ticks() {
    return ticks.sum();
  }

  /** Dead letters. */
  public long refused() {
    return refused.sum();
  }

  /** How often it lost its source. */
  public long reconnects() {
    return reconnects.sum();
  }

  /** When the last message came. */
  public Optional<Instant> lastMessage() {
    return Optional.ofNullable(lastMessage);
  }

  /** The newest event time of the last message. */
  public Optional<Instant> lastEvent() {
    return Optional.ofNullable(lastEvent);
  }

  /** The newest dead letters, oldest first. */
  public List<Sample> samples() {
    synchronized (samples) {
      return new ArrayList<>(samples);
    }
  }
}
