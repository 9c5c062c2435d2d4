package io.strikegrid.server.jobs;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * The meters of jobs, each with the job's name; of whichever process ran them. They are what was
 * seen last; where that is nothing they are unknown.
 */
public final class JobMeters {

  private static final double MILLISECONDS = 1000;

  private final Supplier<List<JobLook>> looks;

  private JobMeters(Supplier<List<JobLook>> looks) {
    this.looks = looks;
  }

  /**
   * Registers the meters of every job.
   *
   * @param looks how the jobs were when they were seen last; must answer at once
   */
  public static void register(
      MeterRegistry registry, List<String> names, Supplier<List<JobLook>> looks) {
    JobMeters meters = new JobMeters(looks);
    for (String job : names) {
      meters.counter(registry, job, "runs", "Runs that began", l -> l.row().runs());
      meters.counter(registry, job, "failures", "Runs that failed", l -> l.row().failures());
      meters.gauge(
          registry,
          job,
          "failures.in.a.row",
          "Failures since the last success",
          l -> l.row().consecutiveFailures());
      meters.gauge(
          registry, job, "running", "1 while it runs", l -> l.runningFor().isPresent() ? 1 : 0);
      meters.gauge(
          registry,
          job,
          "stuck",
          "1 while it runs for longer than it may",
          l -> l.state() == JobState.STUCK ? 1 : 0);
      meters.seconds(
          registry, job, "duration", "How long its last run took", l -> l.row().duration());
      meters.seconds(
          registry,
          job,
          "success.age",
          "Time since its last success",
          l -> l.row().lastSuccess().map(at -> Duration.between(at, l.now())));
    }
  }

  private void counter(
      MeterRegistry registry,
      String job,
      String name,
      String what,
      ToDoubleFunction<JobLook> value) {
    FunctionCounter.builder("strikegrid.job." + name, this, m -> m.value(job, value))
        .description(what)
        .tags(Tags.of("job", job))
        .register(registry);
  }

  private void gauge(
      MeterRegistry registry,
      String job,
      String name,
      String what,
      ToDoubleFunction<JobLook> value) {
    Gauge.builder("strikegrid.job." + name, this, m -> m.value(job, value))
        .description(what)
        .tags(Tags.of("job", job))
        .strongReference(true)
        .register(registry);
  }

  private void seconds(
      MeterRegistry registry,
      String job,
      String name,
      String what,
      Function<JobLook, Optional<Duration>> value) {
    ToDoubleFunction<JobLook> seconds =
        l -> value.apply(l).map(d -> d.toMillis() / MILLISECONDS).orElse(Double.NaN);
    Gauge.builder("strikegrid.job." + name, this, m -> m.value(job, seconds))
        .description(what)
        .baseUnit("seconds")
        .tags(Tags.of("job", job))
        .strongReference(true)
        .register(registry);
  }

  private double value(String job, ToDoubleFunction<JobLook> value) {
    return looks.get().stream()
        .filter(look -> look.row().name().equals(job))
        .mapToDouble(value)
        .findFirst()
        .orElse(Double.NaN);
  }
}
