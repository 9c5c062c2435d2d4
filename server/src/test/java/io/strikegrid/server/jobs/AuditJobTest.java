package io.strikegrid.server.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import io.strikegrid.engine.bar.BarColumns;
import io.strikegrid.engine.time.Timeframe;
import io.strikegrid.server.ApiClient;
import io.strikegrid.server.SampleServer;
import io.strikegrid.server.audit.AuditDay;
import io.strikegrid.server.audit.AuditDays;
import io.strikegrid.server.audit.AuditResult;
import io.strikegrid.server.audit.AuditStand;
import io.strikegrid.server.platform.market.MarketCatalog;
import io.strikegrid.server.store.Engine;
import io.strikegrid.testkit.Await;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

final class AuditJobTest {

  private static Jobs jobs(AuditStand stand, long seed) {
    AuditJob job =
        new AuditJob(stand.database(), stand.markets()::find, row -> {}, () -> seed, stand.clock());
    return new Jobs(stand.database(), List.of(job), stand.clock());
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void run_wrongCells_repairsTheRecentOnesAtOnceAndOldOnesByChance(Engine engine) {
    try (AuditStand stand = AuditStand.of(engine)) {
      stand.plantTenCells();
      stand.delete(Timeframe.MIN5, AuditStand.NEW, 15, 24_500);
      stand.insert(Timeframe.MIN15, AuditStand.NEW, 0, 24_550, 24_575);

      List<String> lines = new ArrayList<>();
      JobRun run = logged(lines, () -> jobs(stand, seedWithoutTheOldDay(stand)).run("audit"));

      assertThat(run.outcome()).isEqualTo(JobOutcome.DONE);
      assertThat(run.message())
          .matches(
              "checked [\\d,]+ cells, %d differed, 7 rows repaired; seed -?\\d+"
                  .formatted(5 + 2 * BarColumns.COUNT));
      assertThat(lines)
          .hasSize(8)
          .anyMatch(line ->
              line.endsWith(
                  "NIFTY50 2025-04-30 24400.0 at 2025-04-25T03:50:00Z: put_close must be "
                      + "45.5; have null"))
          .anyMatch(line -> line.endsWith("; 0 cells that differed are not named here"));
      AuditResult rest = stand.lookAtAll();
      assertThat(rest.differing()).isEqualTo(5);
      assertThat(rest.differences().stream().map(d -> Instant.ofEpochSecond(d.bucket())))
          .allMatch(bucket -> bucket.toString().startsWith(AuditStand.OLD.toString()));

      int runs = 0;
      while (stand.lookAtAll().differing() > 0) {
        assertThat(jobs(stand, runs++).run("audit").outcome()).isEqualTo(JobOutcome.DONE);
        assertThat(runs).isLessThan(100);
      }
      assertThat(jobs(stand, 1).run("audit").message()).contains(" cells, 0 differed, 0 rows");
    }
  }

  @Test
  void run_again_choosesOtherOldDays() {
    try (AuditStand stand = AuditStand.of(Engine.PLAIN)) {
      Set<Object> first = new HashSet<>();
      for (long seed = 0; seed < 20; seed++) {
        first.add(older(stand, seed));
        assertThat(older(stand, seed)).isEqualTo(older(stand, seed));
      }
      assertThat(first.size()).isBetween(5, 10);
    }
  }

  @Test
  void run_withWhatCannotBeRepaired_fails() {
    try (AuditStand stand = AuditStand.of(Engine.PLAIN)) {
      stand.plantTenCells();
      stand
          .database()
          .jdbi()
          .useHandle(h ->
              h.execute(
                  "CREATE RULE nothing AS ON UPDATE TO fo_option_strike_bars_15min DO INSTEAD"
                      + " NOTHING"));

      JobRun run = jobs(stand, 1).run("audit");

      assertThat(run.outcome()).isEqualTo(JobOutcome.FAILED);
      assertThat(run.message()).contains("rule");
    }
  }

  @Test
  void run_besideAServer_makesItsAnswersRight() throws Exception {
    String question =
        "/fo/strike-history?symbol=NIFTY50&strike=24500&timeframe=5min&expiry=2025-04-24"
            + "&from=2025-04-22T09:15:00%2B05:30&to=2025-04-22T09:35:00%2B05:30";
    try (SampleServer server = SampleServer.start()) {
      ApiClient api = server.client();
      int planted =
          server
              .database()
              .jdbi()
              .withHandle(h ->
                  h.execute(
                      "UPDATE fo_option_strike_bars_5min SET call_oi_last = 1 WHERE symbol ="
                          + " 'NIFTY50' AND strike = 24500 AND expiry = '2025-04-24'"
                          + " AND bucket_time = '2025-04-22 03:50:00+00'"));
      assertThat(planted).isEqualTo(1);
      assertThat(api.json("StrikeHistory", question).at("/call/oi/1").asDouble()).isEqualTo(1);
      MarketCatalog markets = MarketCatalog.load(List.of());
      AuditJob job =
          new AuditJob(
              server.another(),
              markets::find,
              row -> {},
              new AtomicLong()::incrementAndGet,
              InstantSource.system());
      Jobs jobs = new Jobs(server.another(), List.of(job), server.clock());

      assertThat(jobs.run("audit").message()).contains(" cells, 1 differed, 1 rows repaired");

      Await.until(
          "the other process has heard of it",
          () -> api.json("StrikeHistory", question).at("/call/oi/1").asDouble() == 30_675);
      JsonNode aggregate = api.json("Status", "/status").at("/aggregates/1");
      assertThat(aggregate.at("/name").asText()).isEqualTo("fo_option_strike_bars_5min");
      assertThat(aggregate.at("/cells_checked").asLong()).isGreaterThan(BarColumns.COUNT);
      assertThat(aggregate.at("/cells_differing").asLong()).isEqualTo(1);
      assertThat(aggregate.at("/rows_repaired").asLong()).isEqualTo(1);
      assertThat(aggregate.at("/last_audit").isNull()).isFalse();
      assertThat(api.get("/metrics").body())
          .contains(
              "strikegrid_audit_cells_differing_total{aggregate=\"fo_option_strike_bars_5min\"}"
                  + " 1.0")
          .contains(
              "strikegrid_audit_rows_repaired_total{aggregate=\"fo_option_strike_bars_5min\"} 1.0")
          .contains("strikegrid_audit_cells_checked_total{")
          .contains("strikegrid_audit_age_seconds{")
          .contains("strikegrid_aggregate_awaiting_refresh{")
          .contains("strikegrid_aggregate_refresh_failures_total{")
          .contains("strikegrid_aggregate_failing{");
    }
  }

  /** Old days as a run with the seed takes them. */
  private static List<AuditDay> order(AuditStand stand, long seed) {
    return AuditDays.of(stand.database(), stand.markets()::find)
        .older(stand.clock().instant(), seed);
  }

  private static Object older(AuditStand stand, long seed) {
    return order(stand, seed).getFirst();
  }

  private static long seedWithoutTheOldDay(AuditStand stand) {
    for (long seed = 0; ; seed++) {
      if (order(stand, seed).stream().limit(3).noneMatch(day -> day.day().equals(AuditStand.OLD))) {
        return seed;
      }
    }
  }

  private static <T> T logged(List<String> lines, Supplier<T> work) {
    Logger logger = (Logger) LoggerFactory.getLogger(AuditJob.class);
    ListAppender<ILoggingEvent> appender = new ListAppender<>();
    appender.start();
    logger.addAppender(appender);
    try {
      return work.get();
    } finally {
      logger.detachAppender(appender);
      appender.list.forEach(event -> lines.add(event.getFormattedMessage()));
    }
  }
}
