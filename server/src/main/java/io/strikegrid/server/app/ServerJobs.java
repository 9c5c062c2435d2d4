package io.strikegrid.server.app;

import io.strikegrid.engine.market.Underlying;
import io.strikegrid.server.jobs.AuditJob;
import io.strikegrid.server.jobs.CompressionJob;
import io.strikegrid.server.jobs.Job;
import io.strikegrid.server.jobs.Jobs;
import io.strikegrid.server.jobs.KeepingConfig;
import io.strikegrid.server.jobs.ObservationsJob;
import io.strikegrid.server.jobs.PartitionsJob;
import io.strikegrid.server.jobs.RefreshJob;
import io.strikegrid.server.jobs.RetentionJob;
import io.strikegrid.server.live.LiveConfig;
import io.strikegrid.server.rollup.AggregateRefresh;
import io.strikegrid.server.rollup.DayCommit;
import io.strikegrid.server.store.Database;
import io.strikegrid.server.store.GenerationStore;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * The list of jobs: the same for every server and for the command line.
 *
 * @param changed told of every day that a job changes
 */
record ServerJobs(
    Database database,
    Function<String, Optional<Underlying>> underlyings,
    DayCommit commit,
    AggregateRefresh refresh,
    LiveConfig live,
    KeepingConfig keeping,
    Consumer<GenerationStore.Row> changed,
    InstantSource clock) {

  /** All of them. */
  Jobs jobs() {
    List<Job> jobs =
        List.of(
            new PartitionsJob(database, underlyings, clock),
            new ObservationsJob(commit, live.keepObservations()),
            new RefreshJob(refresh),
            new CompressionJob(database, keeping, clock),
            new RetentionJob(database, keeping, clock, changed),
            new AuditJob(database, underlyings, changed, RandomGenerator.getDefault(), clock));
    return new Jobs(database, jobs, clock);
  }
}
