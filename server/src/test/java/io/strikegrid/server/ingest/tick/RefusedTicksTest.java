package io.strikegrid.server.ingest.tick;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.strikegrid.server.ContractSchemas;
import io.strikegrid.server.SampleServer;
import io.strikegrid.server.StoredRows;
import io.strikegrid.server.ingest.RefusedRow;
import io.strikegrid.server.live.LiveConfig;
import io.strikegrid.server.live.Tick;
import io.strikegrid.server.platform.market.MarketCatalog;
import io.strikegrid.server.rollup.DayCommit;
import io.strikegrid.server.store.RefusedStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class RefusedTicksTest {

  private final SampleServer server = SampleServer.start();
  private final MarketCatalog markets = MarketCatalog.load(List.of());
  private final RefusedStore store = new RefusedStore(server.database());
  private final TickReader reader = new TickReader(markets, server.clock());

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void keep_ticksOfTwoMinutesAndAnExpiry_areRowsWithTheirTicks() throws Exception {
    keep(store, tick("10:00:01", 1), tick("10:00:02", 2), tick("10:01:01", 3));

    List<RefusedStore.Row> rows = store.list(10);
    assertThat(rows).extracting(RefusedStore.Row::count).containsExactly(2, 1);
    assertThat(rows.getFirst().symbol()).isEqualTo("BANKNIFTY");
    assertThat(rows.getFirst().code()).isEqualTo("too_many_strikes");
    RefusedStore.Refused first = store.find(rows.getFirst().id()).orElseThrow();
    assertThat(sender().ticks(first)).hasSize(2);
  }

  @Test
  void status_whileSomethingIsNotSeen_isDegradedAndCountsByCode() throws Exception {
    keep(store, tick("10:00:01", 1));

    JsonNode status = server.client().json("Status", "/status");
    assertThat(status.at("/state").asText()).isEqualTo("degraded");
    assertThat(status.at("/reasons/0").asText()).contains("1 ticks").contains("strikegrid refused");
    assertThat(status.at("/refused/codes/0/code").asText()).isEqualTo("too_many_strikes");
    assertThat(status.at("/refused/oldest").asText()).isEqualTo("2025-04-25T06:30:00Z");
    assertThat(ready().at("/status").asText()).isEqualTo("degraded");

    store.acknowledge(store.list(1).getFirst().id());

    assertThat(ready().at("/status").asText()).isEqualTo("ready");
    assertThat(server.client().json("Status", "/status").at("/refused/count").asInt()).isOne();
  }

  @Test
  void send_afterWhatStoodAgainstItIsGone_storesItsBarsAndLetsGo() throws Exception {
    keep(store, tick("10:00:01", 1), tick("10:00:02", 2));
    RefusedStore.Refused refused = store.find(store.list(1).getFirst().id()).orElseThrow();

    assertThat(sender().send(refused)).isEmpty();

    assertThat(store.list(1)).isEmpty();
    assertThat(
            StoredRows.number(
                server.database(),
                "SELECT call_close FROM fo_option_strike_bars WHERE symbol = 'BANKNIFTY'"
                    + " AND strike = 55000"))
        .isEqualTo(2);
  }

  @Test
  void send_ofADayThatIsSimulated_staysWithItsReason() throws Exception {
    keep(store, tick("10:00:01", 1));
    server
        .client()
        .post(
            "/ingest/bars",
            "{\"provenance\": \"simulated\", \"bars\": [{\"bucket_time\":"
                + " \"2025-04-25T10:00:00+05:30\", \"symbol\": \"BANKNIFTY\", \"expiry\":"
                + " \"2025-05-29\", \"strike\": 55000, \"call_close\": 5}]}");
    RefusedStore.Refused refused = store.find(store.list(1).getFirst().id()).orElseThrow();

    assertThat(sender().send(refused).orElseThrow()).contains("simulated");
    assertThat(store.list(1)).hasSize(1);
  }

  @Test
  void keep_beyondTheBounds_dropsTheOldestAndCountsThem() throws Exception {
    RefusedStore small = new RefusedStore(server.database(), 3, 1 << 20);
    for (int i = 0; i < 5; i++) {
      keep(small, tick("10:0" + i + ":01", 1), tick("10:0" + i + ":02", 2));
    }

    assertThat(small.list(10))
        .extracting(row -> row.minute().toString())
        .containsExactly("2025-04-25T04:32:00Z", "2025-04-25T04:33:00Z", "2025-04-25T04:34:00Z");
    assertThat(small.summary().dropped()).isEqualTo(new RefusedStore.Count(2, 4));

    keep(new RefusedStore(server.database(), 3, 1), tick("10:10:01", 1));

    assertThat(small.list(10)).hasSize(1);
    assertThat(small.summary().dropped()).isEqualTo(new RefusedStore.Count(5, 10));
  }

  @Test
  void keep_floodOfOneSymbol_dropsItsOwnAlone() throws Exception {
    RefusedStore byRows = new RefusedStore(server.database(), 5, 1 << 20);
    keepOf("NIFTY50", byRows, tick("10:00:01", 1));
    keepOf("NIFTY50", byRows, tick("10:01:01", 1));
    for (int i = 10; i < 30; i++) {
      keep(byRows, tick("10:" + i + ":01", 1));
    }

    assertThat(byRows.list(10))
        .extracting(row -> row.symbol() + " " + row.minute().toString().substring(11, 16))
        .containsExactly(
            "NIFTY50 04:30",
            "NIFTY50 04:31",
            "BANKNIFTY 04:57",
            "BANKNIFTY 04:58",
            "BANKNIFTY 04:59");

    long rowBytes = byRows.list(1).getFirst().bytes();
    RefusedStore byBytes = new RefusedStore(server.database(), 100, rowBytes * 4 + 20);
    keep(byBytes, tick("10:40:01", 1));

    assertThat(byBytes.list(10))
        .extracting(row -> row.symbol() + " " + row.minute().toString().substring(11, 16))
        .containsExactly("NIFTY50 04:30", "NIFTY50 04:31", "BANKNIFTY 04:59", "BANKNIFTY 05:10");
  }

  @Test
  void keepLost_ticksOfAMarketThatIsNotThere_stayUntilItIs() throws Exception {
    TickCodec.Lost lost =
        new TickCodec.Lost("ELSEWHERE", Optional.empty(), tick("10:00:01", 1).observation());

    new RefusedKeeper(store, server.clock()).keepLost("http", List.of(lost));

    RefusedStore.Refused kept = store.find(store.list(1).getFirst().id()).orElseThrow();
    assertThat(kept.row().code()).isEqualTo("unknown_market");
    assertThat(sender().send(kept).orElseThrow()).contains("its market is configured otherwise");
    assertThat(store.list(1)).hasSize(1);
  }

  private JsonNode ready() {
    return ContractSchemas.checked("Ready", server.client().json("Ready", "/health/ready"));
  }

  private RefusedSender sender() {
    DayCommit commit = new DayCommit(server.database(), server.clock(), change -> {});
    return new RefusedSender(store, markets, commit, LiveConfig.usual());
  }

  private void keep(RefusedStore in, Tick... ticks) {
    keepOf("BANKNIFTY", in, ticks);
  }

  private void keepOf(String symbol, RefusedStore in, Tick... ticks) {
    new RefusedKeeper(in, server.clock())
        .keep(
            symbol,
            ticks[0].session(),
            "http",
            "too_many_strikes",
            "strikes must be at most 2000",
            new ArrayList<>(List.of(ticks)));
  }

  private Tick tick(String time, double price) throws RefusedRow {
    return reader.read(
        Map.of(
            "symbol", "BANKNIFTY",
            "expiry", "2025-05-29",
            "strike", "55000",
            "side", "call",
            "time", "2025-04-25T" + time + "+05:30",
            "price", "" + price));
  }
}
