package io.strikegrid.server.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class AuditLogTest {

  private static final long MINUTE = 60_000_000_000L;

  private final AtomicLong nanos = new AtomicLong();
  private final List<String> lines = new ArrayList<>();
  private final AuditLog audit = new AuditLog(nanos::get, lines::add);

  @Test
  void writes_ofAToken_areToldOnceAndCounted() {
    for (int i = 0; i < 1000; i++) {
      audit.wrote("feed", "POST /ingest/ticks", 200);
    }
    audit.wrote("feed", "POST /ingest/ticks", 503);
    assertThat(lines)
        .containsExactly(
            "wrote: feed POST /ingest/ticks 200", "did not write: feed POST /ingest/ticks 503");
    lines.clear();
    nanos.set(MINUTE);
    audit.look();
    assertThat(lines).containsExactly("wrote: feed POST /ingest/ticks 200 (999 more in a minute)");
  }

  @Test
  void refusals_ofVeryManyKinds_areBounded() {
    for (int i = 0; i < 10_000; i++) {
      audit.refused("192.0.2." + i, "GET /" + i, ProblemCode.UNAUTHORIZED);
    }
    assertThat(lines).hasSize(200);
    nanos.set(MINUTE);
    audit.look();
    assertThat(lines).hasSize(201).last().isEqualTo("others (9800 more in a minute)");
  }
}
