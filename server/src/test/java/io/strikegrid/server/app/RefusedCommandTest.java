package io.strikegrid.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.time.Session;
import io.strikegrid.server.TestDatabase;
import io.strikegrid.server.ingest.tick.RefusedKeeper;
import io.strikegrid.server.live.Tick;
import io.strikegrid.server.platform.market.MarketCatalog;
import io.strikegrid.server.store.RefusedStore;
import io.strikegrid.testkit.ManualClock;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class RefusedCommandTest {

  private final TestDatabase database = TestDatabase.create();
  private final RefusedStore store = new RefusedStore(database.database());
  private StringWriter said = new StringWriter();

  @AfterEach
  void close() {
    database.close();
  }

  private int run(String... words) {
    said = new StringWriter();
    CommandLine line = Main.commandLine();
    line.setErr(new PrintWriter(said)).setOut(new PrintWriter(said));
    List<String> arguments = new ArrayList<>(List.of("refused"));
    arguments.addAll(List.of(words));
    arguments.addAll(List.of("--db", database.address()));
    return line.execute(arguments.toArray(new String[0]));
  }

  private long keep(String message) {
    Underlying nifty = MarketCatalog.load(List.of()).find("NIFTY50").orElseThrow();
    Session session = nifty.calendar().session(LocalDate.of(2025, 4, 25)).orElseThrow();
    new RefusedKeeper(store, ManualClock.at("2025-04-25T06:30:00Z"))
        .keep(
            "NIFTY50",
            session,
            "http",
            "mixed_provenance",
            message,
            List.of(Tick.ofUnderlying(nifty, session, session.open() * 1000, 24_500)));
    return store.list(10).getLast().id();
  }

  @Test
  void refused_alone_listsThemAsTextAlone() {
    long id = keep("a \u001b[31mred\u009b \u202ereason");

    assertThat(run()).isZero();

    assertThat(said.toString())
        .contains(id + "  2025-04-25T06:30:00Z  http  NIFTY50  -  2025-04-25T03:45:00Z  1 ticks")
        .contains("mixed_provenance: a ?[31mred? ?reason")
        .contains("1 rows with 1 ticks, 1 of them not seen");
  }

  @Test
  void refused_show_hasTheTicks() {
    long id = keep("why");

    assertThat(run("show", "" + id)).isZero();

    assertThat(said.toString()).contains("2025-04-25T03:45:00Z  NIFTY50  underlying=24500.0");
  }

  @Test
  void refused_seenThenDropped_areNotThereAnyMore() {
    long id = keep("why");

    assertThat(run("seen", "" + id)).isZero();
    assertThat(store.summary().unacknowledged().rows()).isZero();
    assertThat(run("drop", "all")).isZero();
    assertThat(store.list(1)).isEmpty();
    assertThat(run("drop", "" + id)).isEqualTo(1);
    assertThat(said.toString()).contains(id + ": there is none of that number");
  }

  @Test
  void refused_sendOfWhatCanBeStored_isStored() {
    long id = keep("why");

    assertThat(run("send", "" + id)).as(said.toString()).isZero();

    assertThat(said.toString()).contains(id + ": stored");
    assertThat(store.list(1)).isEmpty();
  }

  @Test
  void refused_otherWords_areRefused() {
    assertThat(run("list", "7")).isEqualTo(1);
    assertThat(run("drop")).isEqualTo(1);
    assertThat(run("send", "x")).isEqualTo(1);
    assertThat(said.toString()).contains("have send x");
  }
}
