package io.strikegrid.server.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.strikegrid.server.StoredRows;
import io.strikegrid.server.TestDatabase;
import io.strikegrid.server.rollup.DayCommit;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ObservationsJobTest {

  @Test
  void run_observationsWrittenLongAgo_areForgotten() {
    try (TestDatabase store = TestDatabase.create()) {
      InstantSource clock = InstantSource.system();
      DayCommit commit = new DayCommit(store.database(), clock, change -> {});
      Job job = new ObservationsJob(commit, Duration.ofDays(2));
      store
          .database()
          .jdbi()
          .useHandle(h ->
              h.execute(
                  "INSERT INTO strikegrid.observation"
                      + " (symbol, trading_day, minute, observations, written_at)"
                      + " SELECT 'NIFTY50', '2025-04-22', timestamptz '2025-04-22T04:00Z'"
                      + " + n * interval '1 minute', '', now() - n * interval '1 hour'"
                      + " FROM unnest(ARRAY[1, 47, 49, 60]) n"));

      JobRun run = new Jobs(store.database(), List.of(job), clock).run("observations");

      assertThat(run.message()).isEqualTo("forgot 2 rows of observations older than 48 h");
      assertThat(StoredRows.number(store.database(), "SELECT count(*) FROM strikegrid.observation"))
          .isEqualTo(2);
    }
  }
}
