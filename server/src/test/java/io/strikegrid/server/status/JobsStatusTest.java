package io.strikegrid.server.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.strikegrid.server.ApiClient;
import io.strikegrid.server.SampleServer;
import io.strikegrid.server.jobs.Jobs;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

final class JobsStatusTest {

  private static final SampleServer SERVER = SampleServer.start();
  private final ApiClient api = SERVER.client();

  @AfterAll
  static void close() {
    SERVER.close();
  }

  @Test
  void status_jobThatFails_isDegradedWithItsReasonUntilItSucceeds() {
    Jobs jobs = SERVER.jobs();
    SERVER
        .job()
        .doing(context -> {
          throw new IllegalStateException("the disk is full");
        });
    jobs.run("sample");

    JsonNode status = api.json("Status", "/status");
    assertThat(status.at("/state").asText()).isEqualTo("degraded");
    assertThat(status.at("/reasons/0").asText()).isEqualTo("job sample failed: the disk is full");
    assertThat(status.at("/jobs/0/name").asText()).isEqualTo("sample");
    assertThat(status.at("/jobs/0/state").asText()).isEqualTo("failing");
    assertThat(status.at("/jobs/0/trouble").asText()).isEqualTo("the disk is full");
    JsonNode ready = api.json("Ready", "/health/ready");
    assertThat(ready.at("/status").asText()).isEqualTo("degraded");
    assertThat(ready.at("/reasons/0").asText()).isEqualTo("job sample failed: the disk is full");

    SERVER.job().doing(context -> "fine");
    jobs.run("sample");

    assertThat(api.json("Status", "/status").at("/state").asText()).isEqualTo("ready");
    assertThat(api.json("Status", "/status").at("/jobs/0/message").asText()).isEqualTo("fine");
    assertThat(api.json("Ready", "/health/ready").at("/status").asText()).isEqualTo("ready");
    assertThat(api.get("/metrics").body())
        .contains("strikegrid_job_runs_total{job=\"sample\"}")
        .contains("strikegrid_job_failures_total{job=\"sample\"}")
        .contains("strikegrid_job_success_age_seconds{job=\"sample\"}")
        .contains("strikegrid_job_duration_seconds{job=\"sample\"}")
        .contains("strikegrid_job_running{job=\"sample\"}")
        .contains("strikegrid_job_stuck{job=\"sample\"}");
  }
}
