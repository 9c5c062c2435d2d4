package io.strikegrid.server.status;

import io.strikegrid.server.jobs.JobLook;
import io.strikegrid.server.jobs.JobOutcome;
import io.strikegrid.server.jobs.JobRow;
import io.strikegrid.server.platform.http.JsonWriter;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The jobs at one moment. */
record JobsView(List<JobLook> looks) {

  private static final double MILLISECONDS = 1000;

  void write(JsonWriter out, Shown shown) throws IOException {
    out.startArray("jobs");
    for (JobLook look : looks) {
      out.startObject();
      write(out, look, shown);
      out.endObject();
    }
    out.endArray();
  }

  private static void write(JsonWriter out, JobLook look, Shown shown) throws IOException {
    JobRow row = look.row();
    out.text("name", row.name());
    out.text("state", look.state().label());
    out.text("trouble", shown.text(row.trouble()));
    out.text("running_since", row.runningSince().map(Instant::toString).orElse(null));
    out.text("running_by", row.runningBy().orElse(null));
    out.text("last_start", row.lastStart().map(Instant::toString).orElse(null));
    out.text("last_end", row.lastEnd().map(Instant::toString).orElse(null));
    out.number("duration_seconds", row.duration().map(JobsView::seconds).orElse(Double.NaN));
    out.text("outcome", row.outcome().map(JobOutcome::label).orElse(null));
    out.text("message", shown.text(row.message()));
    out.text("last_success", row.lastSuccess().map(Instant::toString).orElse(null));
    out.text("next_run", row.nextRun().map(Instant::toString).orElse(null));
    out.whole("runs", row.runs());
    out.whole("failures", row.failures());
    out.whole("consecutive_failures", row.consecutiveFailures());
    out.number("every_seconds", seconds(row.every()));
    out.number("longest_seconds", seconds(row.longest()));
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / MILLISECONDS;
  }
}
