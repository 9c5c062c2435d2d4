package io.strikegrid.server.jobs;

import io.strikegrid.server.rollup.AggregateRefresh;
import java.time.Duration;

/**
 * Refreshes what the aggregates still await, for the case that nobody else did, and says where that
 * fails. Nothing is ever left to it where the writer keeps the aggregates.
 */
public final class RefreshJob implements Job {

  private final AggregateRefresh refresh;

  /** The job. */
  public RefreshJob(AggregateRefresh refresh) {
    this.refresh = refresh;
  }

  @Override
  public String name() {
    return "refresh";
  }

  @Override
  public Duration every() {
    return Duration.ofSeconds(20);
  }

  @Override
  public Duration longest() {
    return Duration.ofMinutes(30);
  }

  @Override
  public String run(JobContext context) throws JobStoppedException {
    if (!refresh.isNeeded()) {
      return "the writer keeps the aggregates";
    }
    int refreshed = refresh.finish((aggregate, days) -> {}, context::isStopping);
    context.checkStop();
    return refreshed == 0
        ? "nothing waited"
        : "refreshed %d days of aggregates".formatted(refreshed);
  }
}
