package io.strikegrid.server.ingest.tick;

import static org.assertj.core.api.Assertions.assertThat;

import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.time.Session;
import io.strikegrid.server.TestDatabase;
import io.strikegrid.server.ingest.journal.JournalConfig;
import io.strikegrid.server.live.Feed;
import io.strikegrid.server.live.RecordingSink;
import io.strikegrid.server.live.Tick;
import io.strikegrid.server.platform.market.MarketCatalog;
import io.strikegrid.server.store.RefusedStore;
import io.strikegrid.testkit.Await;
import io.strikegrid.testkit.ManualClock;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ticks of markets that are gone, while the store cannot take them. */
final class LostTicksTest {

  private static final LocalDate DAY = LocalDate.parse("2025-04-22");

  private final TestDatabase store = TestDatabase.create();
  private final MarketCatalog markets = MarketCatalog.load(List.of());
  private final Underlying nifty = markets.find("NIFTY50").orElseThrow();
  private final ManualClock clock = ManualClock.at("2025-04-22T06:30:00Z");
  private final RecordingSink sink = new RecordingSink();
  private final Feed feed = new Feed("http", Provenance.LIVE);
  private final RefusedStore refused = new RefusedStore(store.database());

  @TempDir Path folder;

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void take_whileTheStoreRefuses_isToldAndTriedAgainUntilItIsKept() {
    try (TickIntake intake = open()) {
      rename("refused", "away");
      intake.take(List.of(lost(1)));
      Await.until("it is told", () -> !intake.troubles().isEmpty());
      assertThat(intake.troubles().getFirst())
          .contains("markets that are gone")
          .contains("1 batches")
          .contains("refused");
      intake.take(List.of(known()));
      assertThat(sink.await(1)).hasSize(1);
      assertThat(intake.backlog().uncommitted()).isEqualTo(2);

      rename("away", "refused");

      Await.until("it is kept", () -> refused.summary().all().ticks() == 1);
      sink.commit();
      Await.until("both are let go of", () -> intake.backlog().uncommitted() == 0);
      assertThat(intake.troubles()).isEmpty();
      assertThat(refused.list(2).getFirst().code()).isEqualTo("unknown_market");
    }
  }

  @Test
  void take_whileTheStoreDoesNotAnswer_othersAreHandedIn() throws Exception {
    try (TickIntake intake = open();
        Connection other = store.database().connection()) {
      other.setAutoCommit(false);
      other.createStatement().execute("LOCK TABLE strikegrid.refused IN ACCESS EXCLUSIVE MODE");

      intake.take(List.of(lost(1)));
      intake.take(List.of(known()));

      assertThat(sink.await(1)).hasSize(1);
      other.rollback();
      Await.until("it is kept", () -> refused.summary().all().ticks() == 1);
    }
  }

  private TickIntake open() {
    RefusedKeeper keeper = new RefusedKeeper(refused, clock);
    return TickIntake.open(JournalConfig.in(folder), markets, sink, feed, clock, keeper);
  }

  private void rename(String from, String to) {
    store
        .database()
        .jdbi()
        .useHandle(h -> h.execute("ALTER TABLE strikegrid." + from + " RENAME TO " + to));
  }

  /** At a time at which no session is. */
  private Tick lost(int millis) {
    return Tick.ofUnderlying(nifty, new Session(DAY, 900, 2_000), 1_000_000 + millis, 5);
  }

  private Tick known() {
    Session session = nifty.calendar().session(DAY).orElseThrow();
    return Tick.ofUnderlying(nifty, session, session.open() * 1000, 24_500);
  }
}
