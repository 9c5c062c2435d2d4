package io.strikegrid.server.app;

import io.strikegrid.server.jobs.JobLook;
import io.strikegrid.server.jobs.JobRow;
import io.strikegrid.server.jobs.JobState;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Jobs as a table of text; what each did last stands at the end of its line. */
record JobTable(List<JobLook> looks) {

  private static final List<String> HEAD =
      List.of("JOB", "STATE", "LAST START", "TOOK", "NEXT RUN", "RUNS", "FAILED", "LAST RUN");
  private static final double MILLISECONDS = 1000;

  List<String> lines() {
    List<List<String>> rows = new ArrayList<>(List.of(HEAD));
    looks.forEach(look -> rows.add(cells(look)));
    int[] widths =
        IntStream.range(0, HEAD.size())
            .map(at -> rows.stream().mapToInt(row -> row.get(at).length()).max().orElse(0))
            .toArray();
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      line.append(row.get(i)).repeat(" ", widths[i] - row.get(i).length() + 2);
    }
    return line.toString().stripTrailing();
  }

  private static List<String> cells(JobLook look) {
    JobRow row = look.row();
    boolean isOpen = row.runningSince().isPresent();
    return List.of(
        row.name(),
        look.state().label(),
        (isOpen ? row.runningSince() : row.lastStart()).map(JobTable::time).orElse("-"),
        (isOpen ? look.runningFor() : row.duration()).map(JobTable::seconds).orElse("-"),
        row.nextRun().map(JobTable::time).orElse("-"),
        Long.toString(row.runs()),
        Long.toString(row.failures()),
        said(look));
  }

  private static String said(JobLook look) {
    JobRow row = look.row();
    String by = row.runningBy().orElse("");
    return switch (look.state()) {
      case NEVER -> "has not run yet";
      case RUNNING -> "running in " + by;
      case STUCK -> "running in " + by + " for longer than " + row.longest().toSeconds() + " s";
      case OK, FAILING, ABANDONED ->
          look.state() == JobState.ABANDONED && row.runningSince().isPresent()
              ? "left by " + by + ", which is gone"
              : row.message().orElse("");
    };
  }

  private static String time(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / MILLISECONDS);
  }
}
