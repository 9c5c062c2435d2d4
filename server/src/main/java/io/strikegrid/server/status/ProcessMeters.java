package io.strikegrid.server.status;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.strikegrid.server.platform.watch.ThreadLook;
import io.strikegrid.server.platform.watch.Watch;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The meters of what the process needs to do its work: its threads and its store. */
final class ProcessMeters {

  private static final double MILLISECONDS = 1000;

  private final Watch watch;
  private final MultiGauge threads;

  ProcessMeters(MeterRegistry registry, Watch watch, StoreLook look) {
    this.watch = watch;
    this.threads =
        MultiGauge.builder("strikegrid.threads.alive")
            .description("1 while a thread that must live does, 0 while it is dead or stuck")
            .register(registry);
    Gauge.builder("strikegrid.store.up", look, l -> l.isUp() ? 1 : 0)
        .description("1 while the store answers")
        .strongReference(true)
        .register(registry);
    Gauge.builder("strikegrid.store.look.age", look, l -> seconds(l.age()))
        .description("How old what is told of jobs and aggregates is")
        .baseUnit("seconds")
        .strongReference(true)
        .register(registry);
  }

  /** Takes up threads that were started since. */
  void refresh() {
    List<MultiGauge.Row<?>> rows = watch.look().stream().<MultiGauge.Row<?>>map(this::row).toList();
    threads.register(rows, true);
  }

  private MultiGauge.Row<?> row(ThreadLook thread) {
    int alive = thread.state() == ThreadLook.State.ALIVE ? 1 : 0;
    return MultiGauge.Row.of(Tags.of("thread", thread.name()), alive);
  }

  private static double seconds(Optional<Duration> age) {
    return age.map(a -> a.toMillis() / MILLISECONDS).orElse(Double.NaN);
  }
}
