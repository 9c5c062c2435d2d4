package io.strikegrid.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.strikegrid.engine.time.Timeframe;
import io.strikegrid.server.StoredRows;
import io.strikegrid.server.audit.AuditStand;
import io.strikegrid.server.store.DatabaseUrl;
import io.strikegrid.server.store.Engine;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

final class AuditCommandTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(AuditStand stand, String... words) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    CommandLine line = Main.commandLine();
    line.setErr(new PrintWriter(err)).setOut(new PrintWriter(out));
    List<String> arguments = new ArrayList<>(List.of("audit"));
    arguments.addAll(List.of(words));
    DatabaseUrl url = stand.store().url();
    String place = url.jdbcUrl().replaceFirst("^jdbc:", "");
    arguments.addAll(
        List.of("--db", place.replaceFirst("//", "//" + url.user() + ":" + url.password() + "@")));
    return line.execute(arguments.toArray(new String[0]));
  }

  private List<String> said() {
    return out.toString().lines().toList();
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void audit_ofTenWrongCells_findsRepairsAndFindsNothingMore(Engine engine) {
    try (AuditStand stand = AuditStand.of(engine)) {
      stand.plantTenCells();

      assertThat(run(stand, "--all")).isEqualTo(1);
      assertThat(said()).hasSize(12);
      assertThat(out.toString())
          .contains("24500.0 at 2025-04-03T03:50:00Z: moneyness must be 0; have 7")
          .contains("cells, 10 differed, 0 rows repaired (13 trading days)")
          .contains("run it again with --repair to mend them");
      assertThat(err.toString()).contains("audited NIFTY50 2025-04-25 (13 of 13)");
      assertThat(stand.lookAtAll().differing()).isEqualTo(10);

      assertThat(run(stand, "--all", "--repair")).isEqualTo(1);
      assertThat(out.toString())
          .contains("cells, 10 differed, 10 rows repaired (13 trading days)")
          .contains("all of it is right now");

      assertThat(run(stand, "--all")).isZero();
      assertThat(said()).hasSize(1).first().asString().contains("cells, 0 differed");
    }
  }

  @Test
  void audit_ofADayOrSymbol_looksAtNothingElse() {
    try (AuditStand stand = AuditStand.of(Engine.PLAIN)) {
      stand.plantTenCells();

      assertThat(run(stand, "--from", "2025-04-04", "--to", "2025-04-24")).isZero();
      double between =
          StoredRows.number(
              stand.database(),
              "SELECT count(*) FROM strikegrid.generation WHERE has_bars AND trading_day BETWEEN '2025-04-04' AND '2025-04-24'");
      assertThat(out.toString()).contains("(%.0f trading days)".formatted(between));
      assertThat(run(stand, "--to", "2025-04-03", "--symbol", "nifty")).isEqualTo(1);
      assertThat(out.toString()).contains("5 differed").contains("(3 trading days)");
      assertThat(run(stand, "--all", "--symbol", "BTC")).isZero();
      assertThat(out.toString()).contains("(1 trading days)");
    }
  }

  @Test
  void audit_withoutMore_looksAtTheNewestDaysAndSomeByASeed() {
    try (AuditStand stand = AuditStand.of(Engine.PLAIN)) {
      assertThat(run(stand, "--seed", "7")).isZero();

      assertThat(err.toString()).contains("seed 7").contains(" (12 of 12)");
      assertThat(out.toString()).contains("(12 trading days)");
    }
  }

  @Test
  void audit_ofWhatIsNotThere_isRefused() {
    try (AuditStand stand = AuditStand.of(Engine.PLAIN)) {
      assertThat(run(stand, "--symbol", "SENSEX")).isEqualTo(1);
      assertThat(err.toString()).contains("--symbol must be one that has bars; have SENSEX");
      assertThat(run(stand, "--from", "2025-04-04", "--to", "2025-04-03")).isEqualTo(1);
      assertThat(err.toString())
          .contains("--from must not be after --to; have 2025-04-04 and 2025-04-03");
    }
  }

  @Test
  void audit_ofBucketsThatAwaitARefresh_saysSo() {
    try (AuditStand stand = AuditStand.of(Engine.TIMESCALE)) {
      stand
          .database()
          .jdbi()
          .useHandle(h ->
              h.execute(
                  "INSERT INTO strikegrid.awaiting_refresh (aggregate, symbol, trading_day,"
                      + " first_minute, last_minute) VALUES ('fo_option_strike_bars_5min',"
                      + " 'NIFTY50', '2025-04-25', '2025-04-25 03:45+00', '2025-04-25 03:45+00')"));
      stand.plant(Timeframe.MIN5, AuditStand.NEW, 0, 24_500, "call_count", "3");

      assertThat(run(stand, "--all")).isZero();

      assertThat(out.toString())
          .contains("1 days await a refresh of an aggregate; what of them waits was left out");
    }
  }
}
