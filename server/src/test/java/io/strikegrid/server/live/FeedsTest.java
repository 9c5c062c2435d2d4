package io.strikegrid.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.time.Session;
import io.strikegrid.server.ApiClient;
import io.strikegrid.server.ContractSchemas;
import io.strikegrid.server.SampleServer;
import io.strikegrid.server.platform.market.MarketCatalog;
import io.strikegrid.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Supervision of feeds on a store with real bars of an exchange that opens at 03:45 UTC. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FeedsTest {

  private static final Instant NOON = Instant.parse("2025-04-25T06:30:00Z");
  private static final Instant EVENING = Instant.parse("2025-04-25T15:00:00Z");
  private static final Instant OPENING = Instant.parse("2025-04-28T03:45:00Z");
  private static final Instant SUNDAY = Instant.parse("2025-04-27T06:30:00Z");

  private SampleServer server;
  private final MarketCatalog markets = MarketCatalog.load(List.of());

  @BeforeAll
  void start() {
    server = SampleServer.start();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  /** A feed under supervision, since a moment. */
  private final class Watched {
    private final ManualClock clock;
    private final PrometheusMeterRegistry registry =
        new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Feeds feeds;
    private final Feed feed;

    Watched(Instant since, Feeds.Expected expected, Provenance provenance) {
      this.clock = new ManualClock(since);
      this.feeds = new Feeds(markets, server.generations(), clock, Feeds.SILENT_AFTER, registry);
      this.feed = new Feed("redis", provenance);
      feeds.add(feed, expected, () -> new Backlog(5, 10, 2));
      feed.connected();
    }

    Watched(Instant since) {
      this(since, Feeds.Expected.FROM_THE_START, Provenance.LIVE);
    }

    void brings(String symbol) {
      Underlying underlying = markets.find(symbol).orElseThrow();
      LocalDate day = LocalDate.parse("2025-04-25");
      Session session = underlying.calendar().session(day).orElseThrow();
      Tick tick = Tick.ofUnderlying(underlying, session, session.open() * 1000, 5);
      feeds
          .watching((of, ticks, receipt) -> true)
          .offer(feed, List.of(tick), new Receipt(() -> {}));
      feed.received(1, clock.instant().minusSeconds(2), clock.instant());
    }

    FeedState after(long seconds) {
      clock.advance(Duration.ofSeconds(seconds));
      return feeds.look().getFirst().state();
    }

    FeedState at(Instant time) {
      clock.set(time);
      return after(0);
    }
  }

  @Test
  void state_messagesStopWithinTheSession_isSilentAfterAMinute() {
    Watched watched = new Watched(NOON);
    watched.brings("NIFTY50");

    assertThat(watched.after(60)).isEqualTo(FeedState.CONNECTED);
    assertThat(watched.after(1)).isEqualTo(FeedState.SILENT);
    assertThat(watched.feeds.reasons()).containsExactly("feed redis has been silent for 61 s");
    watched.brings("NIFTY50");
    assertThat(watched.after(0)).isEqualTo(FeedState.CONNECTED);
    assertThat(watched.feeds.reasons()).isEmpty();
  }

  @Test
  void state_nothingSinceTheStartWhileAStoredSymbolTrades_isSilent() {
    Watched watched = new Watched(NOON);

    assertThat(watched.after(60)).isEqualTo(FeedState.CONNECTED);
    assertThat(watched.after(1)).isEqualTo(FeedState.SILENT);
  }

  @Test
  void state_outsideEverySession_isIdle() {
    Watched watched = new Watched(NOON);
    watched.brings("NIFTY50");

    assertThat(watched.at(EVENING)).isEqualTo(FeedState.IDLE);
    assertThat(watched.at(SUNDAY)).isEqualTo(FeedState.IDLE);
    assertThat(watched.feeds.reasons()).isEmpty();
  }

  @Test
  void state_afterTheOpening_hasAMinuteForTheFirstMessage() {
    Watched watched = new Watched(NOON);
    watched.brings("NIFTY50");

    assertThat(watched.at(OPENING.plusSeconds(60))).isEqualTo(FeedState.CONNECTED);
    assertThat(watched.at(OPENING.plusSeconds(61))).isEqualTo(FeedState.SILENT);
  }

  @Test
  void state_broughtASymbolThatTradesAroundTheClock_isSilentAtNightToo() {
    Watched watched = new Watched(EVENING);
    watched.brings("BTC");

    assertThat(watched.after(61)).isEqualTo(FeedState.SILENT);
  }

  @Test
  void state_thatNobodyHasUsed_isNotMissed() {
    Watched watched = new Watched(NOON, Feeds.Expected.ONCE_USED, Provenance.LIVE);

    assertThat(watched.after(3600)).isEqualTo(FeedState.IDLE);
    watched.brings("NIFTY50");
    assertThat(watched.after(61)).isEqualTo(FeedState.SILENT);
  }

  @Test
  void state_disconnectedThatNobodyHasUsed_isNoReason() {
    Watched watched = new Watched(NOON, Feeds.Expected.ONCE_USED, Provenance.LIVE);
    watched.feed.disconnected("another process has the journal");

    assertThat(watched.after(0)).isEqualTo(FeedState.DISCONNECTED);
    assertThat(watched.feeds.reasons()).isEmpty();
    watched.feed.received(0, null, NOON);
    assertThat(watched.feeds.reasons()).containsExactly("feed redis is disconnected");
  }

  @Test
  void state_ofASimulatorOnAStoreOfRealBars_isIdleUntilItBringsSome() {
    Watched watched = new Watched(NOON, Feeds.Expected.FROM_THE_START, Provenance.SIMULATED);

    assertThat(watched.after(61)).isEqualTo(FeedState.IDLE);
    watched.brings("DEMO");
    assertThat(watched.after(61)).isEqualTo(FeedState.SILENT);
  }

  @Test
  void state_disconnected_isAReasonWithinTheSessionAlone() {
    Watched watched = new Watched(NOON);
    watched.brings("NIFTY50");
    watched.feed.disconnected("redis://secret@host refused");

    assertThat(watched.after(0)).isEqualTo(FeedState.DISCONNECTED);
    assertThat(watched.feeds.reasons()).containsExactly("feed redis is disconnected");
    assertThat(watched.at(EVENING)).isEqualTo(FeedState.DISCONNECTED);
    assertThat(watched.feeds.reasons()).isEmpty();
  }

  @Test
  void meters_ofAFeed_haveItsName() {
    Watched watched = new Watched(NOON);
    watched.brings("NIFTY50");
    watched.feed.refused(NOON, "bad_json", "no JSON");
    watched.after(61);

    assertThat(watched.registry.scrape())
        .contains("strikegrid_feed_messages_total{feed=\"redis\"} 1.0")
        .contains("strikegrid_feed_ticks_total{feed=\"redis\"} 1.0")
        .contains("strikegrid_feed_refused_total{feed=\"redis\"} 1.0")
        .contains("strikegrid_feed_reconnects_total{feed=\"redis\"} 0.0")
        .contains("strikegrid_feed_state{feed=\"redis\",state=\"silent\"} 1.0")
        .contains("strikegrid_feed_state{feed=\"redis\",state=\"connected\"} 0.0")
        .contains("strikegrid_feed_lag_seconds{feed=\"redis\"} 63.0")
        .contains("strikegrid_feed_silence_seconds{feed=\"redis\"} 61.0")
        .contains("strikegrid_feed_backlog_bytes{feed=\"redis\"} 5.0")
        .contains("strikegrid_feed_uncommitted_messages{feed=\"redis\"} 2.0");
  }

  @Test
  void readiness_whileAFeedIsSilent_isDegradedAndServes() {
    try (SampleServer own = SampleServer.start()) {
      ApiClient client = own.client();
      String tick = "[{\"symbol\": \"NIFTY\", \"ts\": \"2025-04-25T06:29:58Z\", \"ltp\": 24000}]";
      assertThat(client.post("/ingest/ticks", tick).statusCode()).isEqualTo(200);
      own.sink().await(1);
      assertThat(client.json("Ready", "/health/ready").has("reasons")).isFalse();

      own.clock().advance(Duration.ofSeconds(90));

      JsonNode ready = client.json("Ready", "/health/ready");
      assertThat(ready.at("/status").asText()).isEqualTo("degraded");
      assertThat(ready.at("/reasons/0").asText()).isEqualTo("feed http has been silent for 90 s");
      JsonNode status = client.json("Status", "/status");
      assertThat(status.at("/feeds/0/state").asText()).isEqualTo("silent");
      assertThat(status.at("/feeds/0/lag_seconds").asDouble()).isEqualTo(92);
      assertThat(client.get("/metrics").body())
          .contains("strikegrid_feed_state{feed=\"http\",state=\"silent\"} 1.0");
      ContractSchemas.checked("Latest", client.json("Latest", "/fo/latest?symbol=NIFTY50"));
    }
  }
}
