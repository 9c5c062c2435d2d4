package io.strikegrid.server.jobs;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** A job that does what a test says, and counts how often, and how many at a time. */
public final class SampleJob implements Job {

  /** What it does. */
  @FunctionalInterface
  public interface Work {
    /** Does it. */
    String run(JobContext context) throws Exception;
  }

  private final Duration every;
  private final Duration longest;
  private final AtomicInteger runs = new AtomicInteger();
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private volatile Work work = context -> "did nothing";

  /** One that is due so often. */
  public SampleJob(Duration every) {
    this(every, Duration.ofMinutes(10));
  }

  /** One that is due so often and may take so long. */
  public SampleJob(Duration every, Duration longest) {
    this.every = every;
    this.longest = longest;
  }

  /** Says what it does from now on; returns itself. */
  public SampleJob doing(Work other) {
    work = other;
    return this;
  }

  @Override
  public String name() {
    return "sample";
  }

  @Override
  public Duration every() {
    return every;
  }

  @Override
  public Duration longest() {
    return longest;
  }

  @Override
  public String run(JobContext context) throws Exception {
    most.accumulateAndGet(running.incrementAndGet(), Math::max);
    try {
      return work.run(context);
    } finally {
      running.decrementAndGet();
      runs.incrementAndGet();
    }
  }

  /** Runs that ended. */
  public int runs() {
    return runs.get();
  }

  /** Most runs at a time. */
  public int mostAtATime() {
    return most.get();
  }
}
