package io.strikegrid.server.stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Figures of the stream for operators. */
final class StreamMetrics {

  private final MeterRegistry registry;
  private final Map<String, Counter> messages = new ConcurrentHashMap<>();
  private final Counter cuts;
  private final Timer delivery;

  StreamMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.cuts =
        Counter.builder("strikegrid.stream.cuts")
            .description("Subscriptions that were cut because their client read too slowly")
            .register(registry);
    this.delivery =
        Timer.builder("strikegrid.stream.delivery")
            .description("From a change becoming known until a connection took the message")
            .serviceLevelObjectives(
                Duration.ofMillis(5),
                Duration.ofMillis(25),
                Duration.ofMillis(100),
                Duration.ofMillis(250),
                Duration.ofSeconds(1))
            .register(registry);
  }

  void watch(Supplier<Number> connections, Supplier<Number> topics) {
    Gauge.builder("strikegrid.stream.connections", connections)
        .description("Connections to the stream")
        .register(registry);
    Gauge.builder("strikegrid.stream.topics", topics)
        .description("Distinct subscriptions, those kept for a while included")
        .register(registry);
  }

  /** A connection took a message. */
  void taken(StreamMessage message) {
    messages
        .computeIfAbsent(
            message.type(),
            type ->
                Counter.builder("strikegrid.stream.messages")
                    .description("Messages that connections took")
                    .tag("type", type)
                    .register(registry))
        .increment();
    if (message.knownAt().isPresent()) {
      delivery.record(Duration.ofNanos(System.nanoTime() - message.knownAt().getAsLong()));
    }
  }

  void cut() {
    cuts.increment();
  }
}
