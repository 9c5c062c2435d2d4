package io.strikegrid.server.live;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;

/** What becomes of minutes, as meters. */
public final class LiveMeters {

  private static final double NANOSECONDS = 1e9;

  private LiveMeters() {}

  /** Registers the meters of a live writer. */
  public static void register(MeterRegistry registry, Live live) {
    count(
        registry, "minutes", "Minutes committed, corrections too", live, l -> l.state().minutes());
    count(registry, "rows", "One-minute rows added or changed", live, l -> l.state().rows());
    count(registry, "ticks", "Ticks in committed minutes", live, l -> l.state().ticks());
    count(registry, "failures", "Commits tried again", live, l -> l.state().failures());
    Gauge.builder("strikegrid.live.open.minutes", live, Live::openMinutes)
        .description("Minutes that are not committed")
        .register(registry);
    Gauge.builder("strikegrid.live.held", live, Live::heldBytes)
        .baseUnit("bytes")
        .description("Memory of ticks that are not committed")
        .register(registry);
    Gauge.builder("strikegrid.live.commit", live, LiveMeters::lastCommitSeconds)
        .baseUnit("seconds")
        .description("How long the last commit took")
        .register(registry);
  }

  private static double lastCommitSeconds(Live live) {
    return live.state().lastDuration().toNanos() / NANOSECONDS;
  }

  private static void count(
      MeterRegistry registry, String name, String what, Live live, ToDoubleFunction<Live> value) {
    FunctionCounter.builder("strikegrid.live." + name, live, value)
        .description(what)
        .register(registry);
  }
}
