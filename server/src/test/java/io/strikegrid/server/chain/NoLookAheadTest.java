package io.strikegrid.server.chain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.strikegrid.engine.bar.Observation;
import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.engine.time.Session;
import io.strikegrid.server.ApiClient;
import io.strikegrid.server.ChainServer;
import io.strikegrid.server.ingest.ImportProgress;
import io.strikegrid.server.ingest.Importer;
import io.strikegrid.server.ingest.profile.Profiles;
import io.strikegrid.server.platform.market.MarketCatalog;
import io.strikegrid.server.rollup.ObservedDay;
import io.strikegrid.server.rollup.SeededDay;
import io.strikegrid.testkit.RecordedData;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An answer as of a time is that of a store into which only what had ended by then was imported.
 * The times are random; how many of each recorded day is {@code -Dstrikegrid.times}.
 */
class NoLookAheadTest {

  private static final int MINUTES = 40;
  private static final int TIMES = Integer.getInteger("strikegrid.times", 3);
  private static final int QUARTER = 900;
  private static final List<String> TIMEFRAMES = List.of("1min", "5min", "15min");

  /** Not the previous close: its report tells of the day before, and the latest one holds. */
  private static final List<String> REFERENCES =
      List.of("session_open", "minutes_back&minutes_back=7");

  @TempDir private Path folder;

  private long compared;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void answers_ofAMadeUpDay_knowNothingLater(long seed) {
    Map<LocalDate, List<Observation>> day = SeededDay.messy(seed, MINUTES);
    Session session = SeededDay.SESSION;
    Random random = new Random(seed);
    TreeSet<Long> times = new TreeSet<>();
    while (times.size() < 12) {
      times.add(session.open() + 60 + random.nextInt(MINUTES * 60));
    }
    try (ChainServer whole = new ChainServer();
        ChainServer grown = new ChainServer()) {
      commit(whole, day, Long.MIN_VALUE, Long.MAX_VALUE);
      long from = Long.MIN_VALUE;
      for (long at : times) {
        long end = Math.floorDiv(at, 60) * 60;
        commit(grown, day, from, end);
        from = end;
        assertSame(whole.client(), grown.client(), "NIFTY50", session, at, "seed " + seed);
      }
    }
    assertThat(compared).isGreaterThan(10_000);
  }

  private static void commit(
      ChainServer server, Map<LocalDate, List<Observation>> day, long from, long end) {
    Map<LocalDate, List<Observation>> part = new TreeMap<>();
    day.forEach((expiry, all) -> {
      List<Observation> some =
          all.stream().filter(o -> o.time() >= from && o.time() < end).toList();
      if (!some.isEmpty()) {
        part.put(expiry, some);
      }
    });
    if (!part.isEmpty()) {
      server
          .commit()
          .commit(
              SeededDay.NIFTY,
              SeededDay.SESSION,
              Provenance.IMPORTED,
              new ObservedDay(part, false, SeededDay.SESSION.close()));
    }
  }

  @Tag("slow")
  @ParameterizedTest
  @CsvSource({
    "nse-chain-15min-2019/NIFTY_20190826-20190830.csv.gz, NIFTY50, 2019-08-26 09:15:00",
    "nse-chain-15min-2019/NIFTY_20190826-20190830.csv.gz, NIFTY50, 2019-08-27 09:15:00",
    "nse-chain-15min-2019/NIFTY_20190826-20190830.csv.gz, NIFTY50, 2019-08-28 09:15:00",
    "nse-chain-15min-2019/NIFTY_20190826-20190830.csv.gz, NIFTY50, 2019-08-29 09:15:00",
    "nse-chain-15min-2019/NIFTY_20190826-20190830.csv.gz, NIFTY50, 2019-08-30 09:15:00",
    "nse-chain-1min-20250829/NIFTY_20250829.csv.gz, NIFTY50, 2025-08-29 09:15:00",
    "nse-chain-1min-202608/NIFTY_20260819.csv.gz, NIFTY50, 2026-08-19 09:15:00",
    "nse-chain-1min-202608/NIFTY_20260820.csv.gz, NIFTY50, 2026-08-20 09:15:00",
    "nse-chain-1min-202608/NIFTY_20260821.csv.gz, NIFTY50, 2026-08-21 09:15:00"
  })
  void answers_ofARecordedDay_knowNothingLater(String name, String symbol, String opening)
      throws Exception {
    Path file = RecordedData.require(name);
    long open = Recording.time(opening);
    Session session = new Session(LocalDate.parse(opening.substring(0, 10)), open, open + 375 * 60);
    Recording recording = Recording.of(file);
    Random random = new Random(open);
    TreeSet<Long> times = new TreeSet<>();
    long first = recording.first(session);
    while (times.size() < TIMES) {
      times.add(first + 60 + random.nextInt((int) (session.close() - first)));
    }
    try (ChainServer whole = new ChainServer();
        ChainServer grown = new ChainServer()) {
      load(whole, file);
      for (long at : times) {
        Path part = folder.resolve(at + ".csv");
        Files.write(part, recording.until(Math.floorDiv(at, 60) * 60));
        load(grown, part);
        Files.delete(part);
        assertSame(whole.client(), grown.client(), symbol, session, at, name);
      }
    }
    assertThat(compared).isGreaterThan(100L * TIMES);
    System.out.printf("%s %s: %d times, %d values%n", name, session.day(), TIMES, compared);
  }

  private static void load(ChainServer server, Path file) throws Exception {
    new Importer(
            MarketCatalog.load(List.of()), new Profiles(), server.commit(), InstantSource.system())
        .run(file, null, Provenance.IMPORTED, ImportProgress.SILENT);
  }

  /** Compares every answer that can be asked as of a time. */
  private void assertSame(
      ApiClient whole, ApiClient grown, String symbol, Session session, long at, String what) {
    String chains = "/fo/strike-distribution?symbol=" + symbol + "&at=" + at;
    JsonNode nearest = body(whole, chains);
    if (!nearest.has("chains") || nearest.at("/chains/0/bucket_time").isNull()) {
      return; // nothing had ended by then
    }
    for (String expiry : List.of("NWeek%2B0", "NWeek%2B1", "NWeek%2B2", "NMonth%2B0")) {
      for (String timeframe : TIMEFRAMES) {
        for (String reference : REFERENCES) {
          String more =
              "&expiry=%s&timeframe=%s&oi_change=%s&oi_history=20"
                  .formatted(expiry, timeframe, reference);
          assertSame(whole, grown, chains + more, what);
        }
      }
    }
    long to = session.open() + Math.floorDiv(at - session.open(), QUARTER) * QUARTER;
    if (to > session.open()) {
      assertSameSeries(whole, grown, symbol, nearest.at("/chains/0"), session.open(), to, what);
    }
  }

  private void assertSameSeries(
      ApiClient whole,
      ApiClient grown,
      String symbol,
      JsonNode chain,
      long from,
      long to,
      String what) {
    String expiry = chain.at("/expiry").asText();
    String strike = chain.at("/strikes/" + chain.at("/strikes").size() / 2 + "/strike").asText();
    for (String timeframe : TIMEFRAMES) {
      String asked =
          "?symbol=%s&expiry=%s&timeframe=%s&from=%d&to=%d"
              .formatted(symbol, expiry, timeframe, from, to);
      for (String indicator : List.of("iv", "oi", "price", "pcr", "volume")) {
        assertSame(whole, grown, "/fo/moneyness-series" + asked + "&indicator=" + indicator, what);
      }
      assertSame(whole, grown, "/fo/expiry-metrics" + asked, what);
      assertSame(whole, grown, "/fo/strike-history" + asked + "&strike=" + strike, what);
      assertSame(whole, grown, "/fo/strike-map" + asked + "&indicator=oi", what);
      String change = "&indicator=oi_change&oi_change=session_open";
      assertSame(whole, grown, "/fo/strike-map" + asked + change, what);
    }
  }

  private void assertSame(ApiClient whole, ApiClient grown, String path, String what) {
    JsonNode expected = body(grown, path);
    JsonNode actual = body(whole, path);
    assertThat(actual).as("%s: %s", what, path).isEqualTo(expected);
    compared += count(expected);
  }

  /** An answer without what only tells of the store that it is from. */
  private static JsonNode body(ApiClient client, String path) {
    JsonNode body = ApiClient.read(client.get(path).body());
    if (body.get("meta") instanceof com.fasterxml.jackson.databind.node.ObjectNode meta) {
      meta.remove("days");
    }
    if (body instanceof com.fasterxml.jackson.databind.node.ObjectNode of) {
      of.remove("request_id");
    }
    return body;
  }

  private static long count(JsonNode node) {
    long count = node.isNumber() ? 1 : 0;
    for (JsonNode child : node) {
      count += count(child);
    }
    return count;
  }

  /** The lines of a recorded file, and when each was. */
  private record Recording(String header, List<Line> lines) {

    private static final Pattern TIME =
        Pattern.compile(
            "^(\\d{12})(?=,)|(\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d)|(\\d\\d-\\w{3}-\\d{4}"
                + " \\d\\d:\\d\\d:\\d\\d)");
    private static final ZoneId INDIA = ZoneId.of("Asia/Kolkata");

    private record Line(long time, String text) {}

    static Recording of(Path file) throws IOException {
      List<Line> lines = new ArrayList<>();
      try (BufferedReader reader =
          new BufferedReader(
              new InputStreamReader(
                  new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
        String header = reader.readLine();
        for (String text = reader.readLine(); text != null; text = reader.readLine()) {
          lines.add(new Line(time(text), text));
        }
        return new Recording(header, lines);
      }
    }

    /** The first time of a text, epoch seconds UTC. */
    static long time(String text) {
      Matcher matcher = TIME.matcher(text);
      assertThat(matcher.find()).as(text).isTrue();
      String pattern =
          matcher.group(1) != null
              ? "yyyyMMddHHmm"
              : matcher.group(2) != null ? "yyyy-MM-dd HH:mm:ss" : "dd-MMM-yyyy HH:mm:ss";
      return LocalDateTime.parse(
              matcher.group(), DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH))
          .atZone(INDIA)
          .toEpochSecond();
    }

    /** The first time in a session. */
    long first(Session session) {
      return lines.stream()
          .mapToLong(Line::time)
          .filter(session::contains)
          .min()
          .orElse(session.open());
    }

    /** The header and the lines before a time, in their order. */
    List<String> until(long end) {
      List<String> some = new ArrayList<>(List.of(header));
      lines.stream().filter(line -> line.time < end).forEach(line -> some.add(line.text));
      return some;
    }
  }
}
