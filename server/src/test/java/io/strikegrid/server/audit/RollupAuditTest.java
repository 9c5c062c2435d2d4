package io.strikegrid.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.strikegrid.engine.bar.BarColumns;
import io.strikegrid.engine.grid.GridField;
import io.strikegrid.engine.grid.PageKey;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.time.Timeframe;
import io.strikegrid.server.SampleChains;
import io.strikegrid.server.StoredRows;
import io.strikegrid.server.pages.Generations;
import io.strikegrid.server.pages.PageLoader;
import io.strikegrid.server.pages.Pages;
import io.strikegrid.server.store.Engine;
import io.strikegrid.server.store.RollupDifference;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class RollupAuditTest {

  @ParameterizedTest
  @EnumSource(Engine.class)
  void look_atRowsAsTheyWereMade_findsNothing(Engine engine) {
    try (AuditStand stand = AuditStand.of(engine)) {
      AuditResult result = stand.lookAtAll();

      assertThat(result.differences()).isEmpty();
      assertThat(result.differing()).isZero();
      assertThat(result.checked())
          .isEqualTo(
              (long)
                  (BarColumns.COUNT
                      * StoredRows.number(
                          stand.database(),
                          "SELECT (SELECT count(*) FROM fo_option_strike_bars_5min)"
                              + " + (SELECT count(*) FROM fo_option_strike_bars_15min)")));
    }
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void look_atTenWrongCells_namesExactlyThose(Engine engine) {
    try (AuditStand stand = AuditStand.of(engine)) {
      stand.plantTenCells();

      AuditResult result = stand.lookAtAll();

      assertThat(keys(result)).hasSize(10).containsExactlyInAnyOrderElementsOf(stand.planted());
      assertThat(result.differing()).isEqualTo(10);
      assertThat(result.differingRows()).isEqualTo(10);
      assertThat(result.repaired()).isZero();
      assertThat(result.differences().stream().map(RollupDifference::text))
          .contains(
              "fo_option_strike_bars_5min: NIFTY50 2025-04-30 24500.0 at 2025-04-25T03:45:00Z:"
                  + " call_oi_last must be 30300; have 1");
    }
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void look_atRowsThatAreMissingOrNotMeant_namesThem(Engine engine) {
    try (AuditStand stand = AuditStand.of(engine)) {
      stand.delete(Timeframe.MIN5, AuditStand.NEW, 15, 24_500);
      stand.delete(Timeframe.MIN15, AuditStand.OLD, 0, 24_400);
      stand.insert(Timeframe.MIN15, AuditStand.NEW, 0, 24_550, 24_575);
      if (engine == Engine.TIMESCALE) {
        stand.insert(Timeframe.MIN5, AuditStand.OLD, 5, 24_600, 24_600);
      }

      AuditResult result = stand.lookAtAll();

      assertThat(keys(result)).containsExactlyInAnyOrderElementsOf(stand.planted());
      assertThat(result.differing()).isEqualTo((long) stand.planted().size() * BarColumns.COUNT);
      assertThat(result.unnamed()).isZero();
      assertThat(result.differences().stream().map(RollupDifference::text))
          .anyMatch(text -> text.endsWith("24500.0 at 2025-04-25T04:00:00Z: the row is missing"))
          .anyMatch(
              text -> text.endsWith("24575.0 at 2025-04-25T03:45:00Z: the row must not be there"));
    }
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void look_atARowOfAnExpiryThatTheDayHasNot_findsItWhereThorough(Engine engine) {
    try (AuditStand stand = AuditStand.of(engine)) {
      stand.plant(Timeframe.MIN5, AuditStand.OLD, 5, 24_450, "expiry", "'2026-04-30'");
      RollupAudit quick = RollupAudit.quick(stand.database(), row -> {});

      assertThat(stand.lookAtAll().differences().stream().map(RollupDifference::kind))
          .containsExactlyInAnyOrder(RollupDifference.Kind.MISSING, RollupDifference.Kind.SURPLUS);
      assertThat(
              stand.days().stream()
                  .map(quick::look)
                  .flatMap(result -> result.differences().stream())
                  .map(RollupDifference::kind))
          .containsExactly(RollupDifference.Kind.MISSING);
    }
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void look_atADifferenceWithinTheTolerance_findsNothing(Engine engine) {
    try (AuditStand stand = AuditStand.of(engine)) {
      stand.plant(
          Timeframe.MIN5,
          AuditStand.NEW,
          0,
          24_500,
          "call_iv_avg",
          "call_iv_avg * (1 + 1e-13::float8)");

      assertThat(stand.lookAtAll().differing()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void look_atADayWithoutItsMinutes_leavesItAlone(Engine engine) {
    try (AuditStand stand = AuditStand.of(engine)) {
      stand.plantTenCells();
      stand
          .database()
          .jdbi()
          .useHandle(
              h -> h.execute("DELETE FROM fo_option_strike_bars WHERE bucket_time < '2025-04-04'"));
      RollupAudit audit = RollupAudit.thorough(stand.database(), row -> {});
      AuditDay old = new AuditDay("NIFTY50", stand.session(AuditStand.OLD));

      assertThat(audit.repair(old)).isEqualTo(AuditResult.NONE);
      assertThat(
              StoredRows.number(
                  stand.database(),
                  "SELECT count(*) FROM fo_option_strike_bars_5min WHERE bucket_time < '2025-04-04'"))
          .isEqualTo(3 * 4 * 5);
    }
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void repair_ofEverythingThatIsWrong_leavesNothingAndBumpsItsDays(Engine engine) {
    try (AuditStand stand = AuditStand.of(engine);
        Generations generations = new Generations(stand.database());
        Pages pages = new Pages(new PageLoader(stand.database()), generations, 100 << 20)) {
      stand.plantTenCells();
      stand.delete(Timeframe.MIN5, AuditStand.NEW, 15, 24_500);
      stand.insert(Timeframe.MIN15, AuditStand.NEW, 0, 24_550, 24_575);
      PageKey key = new PageKey("NIFTY50", AuditStand.EXPIRY, Timeframe.MIN5, AuditStand.NEW);
      assertThat(openInterest(stand, pages, key)).isEqualTo(1);
      RollupAudit audit = RollupAudit.thorough(stand.database(), generations::accept);
      long untouched = generations.generation("NIFTY50", SampleChains.MONDAY, Timeframe.MIN5);
      long minutes = generations.generation("NIFTY50", AuditStand.NEW);

      AuditResult result =
          stand.days().stream().map(audit::repair).reduce(AuditResult.NONE, AuditResult::plus);

      assertThat(result.differing()).isEqualTo(10 + 2L * BarColumns.COUNT);
      assertThat(result.differingRows()).isEqualTo(12);
      assertThat(result.repaired()).isEqualTo(12);
      assertThat(stand.lookAtAll().differing()).isZero();
      assertThat(openInterest(stand, pages, key)).isEqualTo(30_300);
      assertThat(generations.generation("NIFTY50", AuditStand.NEW)).isEqualTo(minutes);
      assertThat(generations.generation("NIFTY50", SampleChains.MONDAY, Timeframe.MIN5))
          .isEqualTo(untouched);
      assertThat(
              StoredRows.all(
                  stand.database(),
                  "SELECT cells_differing, rows_repaired, last_audit IS NOT NULL FROM"
                      + " strikegrid.aggregate_status ORDER BY aggregate"))
          .isEqualTo(
              List.of(
                  List.of(5L + BarColumns.COUNT, 6L, true),
                  List.of(5L + BarColumns.COUNT, 6L, true)));
    }
  }

  private static double openInterest(AuditStand stand, Pages pages, PageKey key) {
    var page = pages.get(key, stand.session(AuditStand.NEW)).page();
    return page.at(Side.CALL, GridField.OI, 0, page.indexOf(24_500));
  }

  private static List<String> keys(AuditResult result) {
    return result.differences().stream().map(AuditStand::key).collect(Collectors.toList());
  }
}
