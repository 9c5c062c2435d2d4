package io.strikegrid.server.live;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** The meters of a feed, each with the feed's name. */
final class FeedMeters {

  private static final double MILLISECONDS = 1000;

  private final MeterRegistry registry;
  private final Tags tags;

  private FeedMeters(MeterRegistry registry, Feed feed) {
    this.registry = registry;
    this.tags = Tags.of("feed", feed.name());
  }

  static void register(MeterRegistry registry, Feed feed, Supplier<Feeds.Look> look) {
    FeedMeters meters = new FeedMeters(registry, feed);
    meters.counter("messages", feed, Feed::messages);
    meters.counter("ticks", feed, Feed::ticks);
    meters.counter("refused", feed, Feed::refused);
    meters.counter("reconnects", feed, Feed::reconnects);
    for (FeedState state : FeedState.values()) {
      String name = state.name().toLowerCase(Locale.ROOT);
      Gauge.builder("strikegrid.feed.state", look, l -> l.get().state() == state ? 1 : 0)
          .tags(meters.tags.and("state", name))
          .strongReference(true)
          .register(registry);
    }
    meters.gauge("lag", "seconds", look, l -> l.lag().map(FeedMeters::seconds).orElse(Double.NaN));
    meters.gauge("silence", "seconds", look, l -> seconds(l.silentFor()));
    meters.gauge(
        "backlog", "bytes", look, l -> l.backlog().map(b -> (double) b.bytes()).orElse(0.0));
    meters.gauge(
        "uncommitted",
        "messages",
        look,
        l -> l.backlog().map(b -> (double) b.uncommitted()).orElse(0.0));
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / MILLISECONDS;
  }

  private void counter(String name, Feed feed, ToDoubleFunction<Feed> count) {
    FunctionCounter.builder("strikegrid.feed." + name, feed, count).tags(tags).register(registry);
  }

  private void gauge(
      String name, String unit, Supplier<Feeds.Look> look, ToDoubleFunction<Feeds.Look> value) {
    Gauge.builder("strikegrid.feed." + name, look, l -> value.applyAsDouble(l.get()))
        .tags(tags)
        .baseUnit(unit)
        .strongReference(true)
        .register(registry);
  }
}
