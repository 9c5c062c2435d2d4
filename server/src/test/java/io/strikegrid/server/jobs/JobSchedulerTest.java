package io.strikegrid.server.jobs;

import static io.strikegrid.server.jobs.JobStand.look;
import static org.assertj.core.api.Assertions.assertThat;

import io.strikegrid.server.StoredRows;
import io.strikegrid.testkit.Await;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class JobSchedulerTest {

  private static final Duration SOON = Duration.ofMillis(100);
  private static final Duration LATER = Duration.ofDays(1);

  private final JobStand stand = new JobStand();

  @AfterEach
  void close() {
    stand.close();
  }

  @Test
  void start_jobThatIsDue_runsAgainAndAgainAndOthersSeeIt() throws Exception {
    SampleJob job = new SampleJob(SOON).doing(context -> "counted\n  3 things");
    Jobs another = stand.jobs(job);
    assertThat(look(another).state()).isEqualTo(JobState.NEVER);

    stand.serve(job);

    Await.until("three runs", () -> look(another).row().runs() >= 3);
    Await.until("a run ended", () -> look(another).state() == JobState.OK);
    JobRow row = look(another).row();
    assertThat(row.message()).contains("counted 3 things");
    assertThat(row.outcome()).contains(JobOutcome.DONE);
    assertThat(row.lastSuccess()).isEqualTo(row.lastEnd());
    assertThat(row.duration()).isPresent();
    assertThat(row.nextRun()).isPresent();
    assertThat(row.failures()).isZero();
    assertThat(another.reasons()).isEmpty();
  }

  @Test
  void run_thatFails_isTriedAgainSoonAndRecovers() throws Exception {
    AtomicBoolean broken = new AtomicBoolean(true);
    SampleJob job =
        new SampleJob(LATER)
            .doing(context -> {
              if (broken.get()) {
                throw new IllegalStateException("the disk is full");
              }
              return "fine";
            });
    Jobs another = stand.jobs(job);
    stand.serve(job);

    Await.until("two failures", () -> look(another).row().consecutiveFailures() >= 2);
    assertThat(another.reasons())
        .singleElement()
        .asString()
        .startsWith("job sample failed ")
        .endsWith(" times in a row: the disk is full");
    assertThat(look(another).row().lastSuccess()).isEmpty();

    broken.set(false);
    Await.until("success", () -> look(another).state() == JobState.OK);
    assertThat(another.reasons()).isEmpty();
    assertThat(look(another).row().failures()).isGreaterThanOrEqualTo(2);
    assertThat(look(another).row().consecutiveFailures()).isZero();
    assertThat(look(another).row().trouble()).isEmpty();
  }

  @Test
  void run_thatTakesTooLong_isSaidToBeStuck() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    SampleJob job =
        new SampleJob(LATER, Duration.ofMillis(1))
            .doing(context -> {
              go.await();
              return "at last";
            });
    Jobs another = stand.jobs(job);
    stand.serve(job);

    Await.until("stuck", () -> look(another).state() == JobState.STUCK);
    assertThat(another.reasons())
        .singleElement()
        .asString()
        .matches("job sample has been running for \\d+ s, longer than 0 s");
    assertThat(look(another).row().runningBy()).contains(JobRunner.PROCESS);

    go.countDown();
    Await.until("over", () -> look(another).state() == JobState.OK);
    assertThat(another.reasons()).isEmpty();
  }

  @Test
  void start_twoServers_runAJobOneAtATime() throws Exception {
    SampleJob job =
        new SampleJob(Duration.ofMillis(1))
            .doing(context -> {
              Thread.sleep(5);
              return "done";
            });
    stand.serve(job);
    stand.serve(job);

    Await.until("many runs", () -> job.runs() >= 20);
    assertThat(job.mostAtATime()).isEqualTo(1);
  }

  @Test
  void start_twoServers_runAJobOnceWhenItIsDue() throws Exception {
    SampleJob job = new SampleJob(LATER);
    SampleJob witness = new SampleJob(LATER);
    stand.serve(job);
    stand.serve(witness);

    Jobs jobs = stand.jobs(job);
    Await.until("a run", () -> look(jobs).state() == JobState.OK);
    assertThat(look(jobs).row().runs()).isEqualTo(1);
    assertThat(job.runs() + witness.runs()).isEqualTo(1);
  }

  @Test
  void start_jobThatADeadServerHadTakenUp_runsIt() throws Exception {
    SampleJob job = new SampleJob(LATER);
    Jobs jobs = stand.jobs(job);
    jobs.register();
    execute("UPDATE strikegrid.job SET runs = 1, running_since = now(), running_by = '1@gone'");
    execute(
        "INSERT INTO strikegrid.job_schedule (task_name, task_instance, execution_time, picked,"
            + " picked_by, last_heartbeat, version) VALUES ('sample', 'recurring',"
            + " now() - interval '1 hour', true, '1@gone', now() - interval '1 hour', 7)");
    assertThat(look(jobs).state()).isEqualTo(JobState.ABANDONED);
    assertThat(look(jobs).runningFor()).isEmpty();

    stand.serve(job);

    Await.until("taken over", () -> look(jobs).state() == JobState.OK);
    assertThat(look(jobs).row().runs()).isEqualTo(2);
  }

  @Test
  void run_byHandThatFails_isTriedAgainByTheServer() throws Exception {
    SampleJob job = new SampleJob(LATER);
    Jobs jobs = stand.jobs(job);
    stand.serve(job);
    Await.until("first run", () -> look(jobs).state() == JobState.OK);
    Await.until(
        "due later", () -> look(jobs).row().nextRun().orElseThrow().isAfter(look(jobs).now()));
    SampleJob broken =
        new SampleJob(LATER)
            .doing(context -> {
              throw new IllegalStateException("not here");
            });

    assertThat(stand.jobs(broken).run("sample").outcome()).isEqualTo(JobOutcome.FAILED);

    Await.until("success", () -> look(jobs).state() == JobState.OK);
    assertThat(look(jobs).row().runs()).isEqualTo(3);
  }

  @Test
  void close_runThatEndsByItself_isWaitedFor() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    SampleJob job =
        new SampleJob(LATER)
            .doing(context -> {
              begun.countDown();
              while (!context.isStopping()) {
                Thread.sleep(5);
              }
              return "ended in order";
            });
    JobScheduler server = stand.serve(job);
    begun.await();

    server.close();

    JobRow row = look(stand.jobs(job)).row();
    assertThat(row.outcome()).contains(JobOutcome.DONE);
    assertThat(row.message()).contains("ended in order");
  }

  @Test
  void close_runBetweenTwoSteps_isAbandonedAndDueAtOnce() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    SampleJob job =
        new SampleJob(LATER)
            .doing(context -> {
              begun.countDown();
              while (true) {
                context.checkStop();
                Thread.sleep(5);
              }
            });
    JobScheduler server = stand.serve(job);
    begun.await();

    server.close();

    Jobs jobs = stand.jobs(job);
    JobLook left = look(jobs);
    assertThat(left.state()).isEqualTo(JobState.ABANDONED);
    assertThat(left.row().failures()).isZero();
    assertThat(left.row().nextRun().orElseThrow()).isBeforeOrEqualTo(left.now());

    job.doing(context -> "anew");
    stand.serve(job);
    Await.until("done anew", () -> look(jobs).state() == JobState.OK);
  }

  @Test
  void close_runInTheMiddleOfATransaction_isInterruptedAndRolledBack() throws Exception {
    execute("CREATE TABLE written (n integer)");
    CountDownLatch begun = new CountDownLatch(1);
    SampleJob job = new SampleJob(LATER);
    job.doing(context ->
        stand
            .database()
            .write(connection -> {
              try (var statement = connection.createStatement()) {
                statement.execute("INSERT INTO written VALUES (1)");
                begun.countDown();
                statement.execute("SELECT pg_sleep(600)");
              }
              return "never";
            }));
    JobScheduler server = stand.serve(stand.jobs(job), Duration.ofSeconds(2));
    begun.await();

    server.close();

    JobRow row = look(stand.jobs(job)).row();
    assertThat(row.outcome()).contains(JobOutcome.ABANDONED);
    assertThat(row.runningSince()).isEmpty();
    assertThat(StoredRows.number(stand.database(), "SELECT count(*) FROM written")).isZero();
  }

  private void execute(String sql) {
    stand.database().jdbi().useHandle(h -> h.execute(sql));
  }
}
