package io.strikegrid.server.app;

import io.strikegrid.server.jobs.JobOutcome;
import io.strikegrid.server.jobs.JobRun;
import io.strikegrid.server.jobs.Jobs;
import io.strikegrid.server.jobs.KeepingConfig;
import io.strikegrid.server.live.LiveConfig;
import io.strikegrid.server.rollup.AggregateRefresh;
import io.strikegrid.server.rollup.DayCommit;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the jobs of a store, or runs one; a server on the same store may run meanwhile. */
@Command(
    name = "jobs",
    customSynopsis = {
      "strikegrid jobs [--data-dir DIR | --db URL]",
      "       strikegrid jobs run NAME [--data-dir DIR | --db URL]"
    },
    description = {
      "Shows the jobs of a store: how each stands, what it did last, when it is due.",
      "run NAME runs one now and says what it did; not while another process runs it.",
      "The exit code is 1 where the job failed or did not run."
    })
final class JobsCommand implements Callable<Integer>, SettingOptions.Taker {

  @Parameters(arity = "0..2", paramLabel = "run NAME", description = "Runs the job of that name.")
  @Nullable List<String> words;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this help.")
  boolean help;

  @Spec @Nullable CommandSpec spec;

  @Override
  public List<Setting<?>> settings() {
    return SettingList.ofTheStore();
  }

  private StoreConfig config() {
    Settings settings = Settings.of(System.getenv(), spec);
    StoreConfig config = settings.store();
    settings.check(Objects.requireNonNull(spec).commandLine().getErr());
    return config;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<String> given = words == null ? List.of() : words;
    if (!given.isEmpty() && (given.size() != 2 || !given.getFirst().equals("run"))) {
      throw new IllegalArgumentException(
          "jobs takes nothing more, or run NAME; have " + String.join(" ", given));
    }
    StoreConfig config = config();
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
    try (OpenStore open = OpenStore.forCommand(config)) {
      Jobs jobs = jobs(open, config.keeping());
      if (given.isEmpty()) {
        new JobTable(jobs.look()).lines().stream().map(Printed::text).forEach(out::println);
        out.flush();
        return 0;
      }
      return report(jobs.run(given.getLast()), out, err);
    }
  }

  private static Jobs jobs(OpenStore open, KeepingConfig keeping) {
    InstantSource clock = InstantSource.system();
    DayCommit commit = new DayCommit(open.database(), clock, change -> {});
    KnownUnderlyings underlyings = new KnownUnderlyings(open.markets(), open.database());
    return new ServerJobs(
            open.database(),
            underlyings,
            commit,
            new AggregateRefresh(open.database(), (row, first) -> {}),
            LiveConfig.usual(),
            keeping,
            row -> {},
            clock)
        .jobs();
  }

  private static int report(JobRun run, PrintWriter out, PrintWriter err) {
    String took = JobTable.seconds(run.took());
    switch (run.outcome()) {
      case DONE -> out.println(run.job() + ": " + Printed.text(run.message()) + " (" + took + ")");
      case FAILED, ABANDONED ->
          err.println(
              "strikegrid: job %s %s after %s: %s"
                  .formatted(run.job(), run.outcome().label(), took, run.message()));
      case BUSY ->
          err.println(
              "strikegrid: job %s was not run: %s; 'strikegrid jobs' shows when it is over"
                  .formatted(run.job(), run.message()));
    }
    out.flush();
    err.flush();
    return run.outcome() == JobOutcome.DONE ? 0 : 1;
  }
}
