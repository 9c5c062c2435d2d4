package io.strikegrid.server.app;

import io.strikegrid.engine.market.Underlying;
import io.strikegrid.server.jobs.Job;
import io.strikegrid.server.jobs.Jobs;
import io.strikegrid.server.jobs.ObservationsJob;
import io.strikegrid.server.jobs.PartitionsJob;
import io.strikegrid.server.live.LiveConfig;
import io.strikegrid.server.rollup.DayCommit;
import io.strikegrid.server.store.Database;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The list of jobs: the same for every server and for the command line. */
record ServerJobs(
    Database database,
    Function<String, Optional<Underlying>> underlyings,
    DayCommit commit,
    LiveConfig live,
    InstantSource clock) {

  /** All of them. */
  Jobs jobs() {
    List<Job> jobs =
        List.of(
            new PartitionsJob(database, underlyings, clock),
            new ObservationsJob(commit, live.keepObservations()));
    return new Jobs(database, jobs, clock);
  }
}
