package io.strikegrid.server.ingest.redis;

import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.server.TestRedis;
import io.strikegrid.server.ingest.tick.TickReader;
import io.strikegrid.server.live.Feed;
import io.strikegrid.server.live.RecordingSink;
import io.strikegrid.server.platform.market.MarketCatalog;
import io.strikegrid.server.store.Database;
import io.strikegrid.server.store.SessionLock;
import io.strikegrid.testkit.Await;
import io.strikegrid.testkit.ManualClock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A feed on a stream, and what it brought. */
final class RunningFeed implements AutoCloseable {

  static final MarketCatalog MARKETS = MarketCatalog.load(List.of());

  private final RecordingSink sink;
  private final Feed feed = new Feed("redis", Provenance.LIVE);
  private final RedisFeed running;

  RunningFeed(TestRedis redis, Database database, String stream, String consumer) {
    this(redis.url(), database, stream, consumer, new RecordingSink());
  }

  RunningFeed(String url, Database database, String stream, String consumer, RecordingSink sink) {
    this.sink = sink;
    ManualClock clock = ManualClock.at("2025-04-25T06:30:00Z");
    running =
        new RedisFeed(
            new RedisConfig(RedisAddress.parse(url), stream, consumer),
            new SessionLock(database, "feed redis"),
            new TickReader(MARKETS, clock),
            sink,
            feed,
            clock);
  }

  RecordingSink sink() {
    return sink;
  }

  Feed feed() {
    return feed;
  }

  /** A good tick; its price tells it from others. */
  static Map<String, String> tick(double price) {
    return new TreeMap<>(
        Map.of(
            "symbol", "NIFTY50",
            "expiry", "2025-04-30",
            "strike", "24500",
            "side", "call",
            "time", "1745554800000",
            "price", Double.toString(price)));
  }

  /** Whether the thread of any feed lives. */
  static boolean isAnyAlive() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().equals("redis-feed"));
  }

  void awaitTicks(int count) {
    Await.until(count + " ticks", () -> sink.ticks().size() >= count);
  }

  @Override
  public void close() {
    running.close();
  }
}
