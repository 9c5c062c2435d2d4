package io.strikegrid.server.ingest.tick;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.time.Session;
import io.strikegrid.server.ingest.journal.JournalConfig;
import io.strikegrid.server.ingest.journal.JournalException;
import io.strikegrid.server.live.Feed;
import io.strikegrid.server.live.RecordingSink;
import io.strikegrid.server.live.Tick;
import io.strikegrid.server.platform.http.Problem;
import io.strikegrid.server.platform.market.MarketCatalog;
import io.strikegrid.testkit.Await;
import io.strikegrid.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TickIntakeTest {

  private static final LocalDate DAY = LocalDate.parse("2025-04-22");

  private final MarketCatalog markets = MarketCatalog.load(List.of());
  private final ManualClock clock = ManualClock.at("2025-04-22T06:30:00Z");
  private final RecordingSink sink = new RecordingSink();
  private final Feed feed = new Feed("http", Provenance.LIVE);

  @TempDir Path folder;

  @Test
  void open_afterTicksThatWereNotCommitted_handsThemInAgainInOrder() {
    try (TickIntake intake = open(feed)) {
      intake.take(ticks(0, 3));
      intake.take(ticks(3, 2));
      sink.await(5);
    }
    sink.clear();

    try (TickIntake again = open(new Feed("http", Provenance.LIVE))) {
      assertThat(sink.await(5).stream().map(t -> t.observation().millis() % 1000))
          .containsExactly(0L, 1L, 2L, 3L, 4L);
      assertThat(again.backlog().uncommitted()).isEqualTo(2);
    }
  }

  @Test
  void open_afterTicksThatWereCommitted_hasNone() throws IOException {
    try (TickIntake intake = open(feed)) {
      intake.take(ticks(0, 3));
      sink.await(3);
      sink.commit();
      until(() -> intake.backlog().uncommitted() == 0);
    }

    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(f -> f.getFileName().toString())).containsExactly("lock");
    }
  }

  @Test
  void take_whereTheSinkIsBroken_isADeadLetterThatStaysInTheJournal() {
    sink.setFault(new IllegalStateException("broken"));
    try (TickIntake intake = open(feed)) {
      intake.take(ticks(0, 1));
      until(() -> feed.refused() == 1);
      sink.setFault(null);
      intake.take(ticks(1, 1));

      assertThat(sink.await(1)).hasSize(1);
      assertThat(feed.samples().getFirst().code()).isEqualTo("failed_batch");
      assertThat(intake.backlog().uncommitted()).isEqualTo(2);
    }
    sink.clear();

    try (TickIntake again = open(feed)) {
      assertThat(sink.await(2)).hasSize(2);
      until(() -> again.backlog().bytes() == 0);
    }
  }

  @Test
  void open_damagedJournal_isADeadLetterAndTheRestIsHandedIn() throws IOException {
    sink.setRoom(false);
    try (TickIntake intake = open(feed)) {
      intake.take(ticks(0, 1));
      intake.take(ticks(1, 1));
      intake.take(ticks(2, 1));
    }
    Path segment = folder.resolve("0000000000000001.segment");
    byte[] bytes = Files.readAllBytes(segment);
    bytes[bytes.length / 2] ^= 1;
    Files.write(segment, bytes);
    sink.setRoom(true);

    try (TickIntake again = open(feed)) {
      assertThat(sink.await(2).stream().map(t -> t.observation().millis() % 1000))
          .containsExactly(0L, 2L);
      until(() -> again.backlog().bytes() == 0);
      assertThat(feed.samples().getFirst().code()).isEqualTo("damaged_journal");
      sink.commit();
    }
    Path damaged = folder.resolve("0000000000000001.segment.damaged");
    assertThat(damaged).exists();
    try (TickIntake later = open(feed)) {
      assertThat(later.troubles().getFirst()).contains("1 files").contains("*.damaged");
      Files.delete(damaged);
      assertThat(later.troubles()).isEmpty();
    }
  }

  @Test
  void open_whileAnotherHasTheJournal_takesNothingUntilThatEnds() {
    Feed second = new Feed("http", Provenance.LIVE);
    TickIntake first = open(feed);
    sink.setRoom(false);
    first.take(ticks(0, 2));

    try (TickIntake waiting = open(second)) {
      assertThatThrownBy(() -> waiting.take(ticks(2, 1)))
          .isInstanceOf(Problem.class)
          .hasMessageContaining("another process")
          .hasMessageContaining("only reads");
      assertThat(second.isConnected()).isFalse();
      assertThat(second.trouble())
          .hasValueSatisfying(t -> assertThat(t).contains("this server only reads"));

      first.close();
      sink.setRoom(true);

      assertThat(sink.await(2)).hasSize(2);
      assertThat(second.isConnected()).isTrue();
      waiting.take(ticks(2, 1));
      assertThat(sink.await(3)).hasSize(3);
    }
  }

  @Test
  void open_ticksOfAMarketThatIsNotThereAnyMore_stayInTheJournalWithoutAStore() {
    Underlying nifty = markets.find("NIFTY50").orElseThrow();
    Session none = new Session(DAY, 900, 2_000);
    try (TickIntake intake = open(feed)) {
      intake.take(List.of(Tick.ofUnderlying(nifty, none, 1_000_000, 5)));
      until(() -> feed.refused() == 1 && intake.backlog().bytes() == 0);
      intake.take(ticks(0, 1));
      sink.await(1);

      assertThat(feed.samples().getFirst().code()).isEqualTo("unknown_market");
      assertThat(intake.backlog().uncommitted()).isEqualTo(2);
    }
  }

  @Test
  void open_fileInPlaceOfTheFolder_isRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "no folder");

    assertThatThrownBy(() -> TickIntake.open(JournalConfig.in(file), markets, sink, feed, clock))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void take_whereTheJournalCannotBeWritten_isRefusedAndShownUntilItCan() throws IOException {
    Path inner = folder.resolve("inner");
    Path away = folder.resolve("away");
    try (TickIntake intake = TickIntake.open(JournalConfig.in(inner), markets, sink, feed, clock)) {
      Files.move(inner, away);

      assertThatThrownBy(() -> intake.take(ticks(0, 1)))
          .isInstanceOf(Problem.class)
          .hasMessageContaining("they were not taken");
      assertThat(feed.isConnected()).isFalse();
      assertThat(feed.trouble()).hasValueSatisfying(t -> assertThat(t).contains("written"));

      Files.move(away, inner);
      intake.take(ticks(0, 1));
      assertThat(feed.isConnected()).isTrue();
      assertThat(sink.await(1)).hasSize(1);
    }
  }

  @Test
  void feed_afterAJournalThatCouldNotBeWritten_isConnectedAgainWithoutAPost() throws IOException {
    Path inner = folder.resolve("inner");
    Path away = folder.resolve("away");
    try (TickIntake intake = TickIntake.open(JournalConfig.in(inner), markets, sink, feed, clock)) {
      Files.move(inner, away);
      assertThatThrownBy(() -> intake.take(ticks(0, 1))).isInstanceOf(Problem.class);
      assertThat(feed.isConnected()).isFalse();

      Files.move(away, inner);
      Await.until("the feed is connected again", feed::isConnected);

      assertThat(feed.trouble()).isEmpty();
      assertThat(inner).isDirectoryNotContaining(file -> file.endsWith("probe"));
      intake.take(ticks(0, 1));
      assertThat(sink.await(1)).hasSize(1);
    }
  }

  private TickIntake open(Feed of) {
    return TickIntake.open(JournalConfig.in(folder), markets, sink, of, clock);
  }

  /** Prices of the underlying, told apart by their milliseconds. */
  private List<Tick> ticks(int from, int count) {
    Underlying nifty = markets.find("NIFTY50").orElseThrow();
    Session session = nifty.calendar().session(DAY).orElseThrow();
    return IntStream.range(from, from + count)
        .mapToObj(i -> Tick.ofUnderlying(nifty, session, session.open() * 1000 + i, 24_500 + i))
        .toList();
  }

  private static void until(BooleanSupplier condition) {
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }
}
