package io.strikegrid.server.jobs;

import static io.strikegrid.server.jobs.JobStand.look;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strikegrid.server.store.SessionLock;
import io.strikegrid.testkit.Await;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JobsTest {

  private static final Duration DAY = Duration.ofDays(1);

  private final JobStand stand = new JobStand();

  @AfterEach
  void close() {
    stand.close();
  }

  @Test
  void run_thatSucceeds_saysWhatItDid() {
    Jobs jobs = stand.jobs(new SampleJob(DAY).doing(context -> "made two"));

    JobRun run = jobs.run("sample");

    assertThat(run.outcome()).isEqualTo(JobOutcome.DONE);
    assertThat(run.message()).isEqualTo("made two");
    assertThat(look(jobs).state()).isEqualTo(JobState.OK);
  }

  @Test
  void run_thatFailsWithoutAMessage_namesTheKindOfFault() {
    Jobs jobs =
        stand.jobs(
            new SampleJob(DAY)
                .doing(context -> {
                  throw new UnsupportedOperationException();
                }));

    assertThat(jobs.run("sample").outcome()).isEqualTo(JobOutcome.FAILED);
    assertThat(jobs.run("sample").consecutiveFailures()).isEqualTo(2);
    assertThat(jobs.reasons())
        .containsExactly("job sample failed 2 times in a row: UnsupportedOperationException");
  }

  @Test
  void run_whileAnotherProcessRunsIt_isBusyAndChangesNothing() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    SampleJob job =
        new SampleJob(DAY)
            .doing(context -> {
              begun.countDown();
              go.await();
              return "done";
            });
    Jobs here = stand.jobs(job);
    Jobs there = stand.jobs(job);
    try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
      Future<JobRun> first = threads.submit(() -> here.run("sample"));
      begun.await();

      assertThat(there.run("sample").outcome()).isEqualTo(JobOutcome.BUSY);
      assertThat(look(there).state()).isEqualTo(JobState.RUNNING);
      assertThat(look(there).row().runs()).isEqualTo(1);

      go.countDown();
      assertThat(first.get().outcome()).isEqualTo(JobOutcome.DONE);
    }
  }

  @Test
  void run_afterTheHolderOfTheLockIsLost_takesOver() throws Exception {
    SampleJob job = new SampleJob(DAY);
    Jobs jobs = stand.jobs(job);
    jobs.register();
    SessionLock lost = new SessionLock(stand.database(), "job sample");
    assertThat(lost.take()).isEqualTo(SessionLock.State.HELD);
    new JobStore(stand.database()).started("sample", InstantSource.system().instant(), "7@lost");
    assertThat(look(jobs).state()).isEqualTo(JobState.RUNNING);
    assertThat(jobs.run("sample").outcome()).isEqualTo(JobOutcome.BUSY);

    stand
        .store
        .another()
        .jdbi()
        .useHandle(h ->
            h.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_locks"
                    + " WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"));

    Await.until("abandoned", () -> look(jobs).state() == JobState.ABANDONED);
    assertThat(jobs.run("sample").outcome()).isEqualTo(JobOutcome.DONE);
    assertThat(look(jobs).state()).isEqualTo(JobState.OK);
  }

  @Test
  void run_unknownName_saysWhichThereAre() {
    Jobs jobs = stand.jobs(new SampleJob(DAY));

    assertThatThrownBy(() -> jobs.run("nothing"))
        .hasMessage("job must be one of sample; have nothing");
  }

  @Test
  void jobs_ofTheSameName_areRefused() {
    SampleJob job = new SampleJob(DAY);

    assertThatThrownBy(() -> new Jobs(stand.database(), List.of(job, job), InstantSource.system()))
        .hasMessageContaining("names of jobs must differ; have [sample, sample]");
  }

  @ParameterizedTest
  @CsvSource({"1, 10", "2, 20", "3, 40", "7, 600", "1000, 600"})
  void retryAfter_furtherFailures_doublesUpToABound(int failures, int seconds) {
    JobsConfig config = JobsConfig.usual();

    assertThat(config.retryAfter(failures, DAY)).isEqualTo(Duration.ofSeconds(seconds));
    assertThat(config.retryAfter(failures, Duration.ofSeconds(1))).hasSeconds(1);
  }
}
