package io.strikegrid.server.live;

import io.strikegrid.engine.market.Underlying;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** A feed with what its supervision needs. Safe for use by any number of threads. */
final class WatchedFeed {

  private final Feed feed;
  private final Feeds.Expected expected;
  private final Instant since;
  private final Supplier<Optional<Backlog>> backlog;
  private final Map<String, Underlying> brought = new ConcurrentHashMap<>();

  WatchedFeed(
      Feed feed, Feeds.Expected expected, Instant since, Supplier<Optional<Backlog>> backlog) {
    this.feed = feed;
    this.expected = expected;
    this.since = since;
    this.backlog = backlog;
  }

  Feed feed() {
    return feed;
  }

  /** When it was expected to bring something last: its last message, else when it was added. */
  Instant lastSign() {
    return feed.lastMessage().orElse(since);
  }

  /** Whether silence would be a fault, if a market is open. */
  boolean isExpected() {
    return expected == Feeds.Expected.FROM_THE_START || feed.lastMessage().isPresent();
  }

  Optional<Backlog> backlog() {
    return backlog.get();
  }

  @SuppressWarnings("ReferenceEquality") // saves looking up the same one for every tick
  void brings(Collection<Tick> ticks) {
    Underlying last = null;
    for (Tick tick : ticks) {
      if (tick.underlying() != last) {
        last = tick.underlying();
        brought.putIfAbsent(last.symbol(), last);
      }
    }
  }

  /** What it has brought since the start. */
  Collection<Underlying> brought() {
    return brought.values();
  }
}
