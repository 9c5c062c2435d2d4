package io.strikegrid.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.strikegrid.server.RecordedStore;
import io.strikegrid.server.StoredRows;
import io.strikegrid.server.store.Database;
import io.strikegrid.testkit.RecordedData;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImportRecordedTest {

  private static final ZoneId INDIA = ZoneId.of("Asia/Kolkata");

  abstract static class Recorded {

    private final RecordedStore store;

    Recorded(String... names) throws ImportException {
      this.store = RecordedStore.of(names);
    }

    Database database() {
      return store.database();
    }

    List<ImportReport> reports() {
      return store.reports();
    }

    double number(String sql) {
      return StoredRows.number(database(), sql);
    }

    ImportReport report() {
      return reports().getFirst();
    }
  }

  @Nested
  class LongChain extends Recorded {

    private static final String FILE = "nse-chain-1min-202608/NIFTY_20260819.csv.gz";
    private static final int LOT = 65;

    LongChain() throws ImportException {
      super(FILE);
    }

    @Test
    void run_recordedDay_hasItsMinutesAndExpiries() {
      assertThat(number("SELECT count(DISTINCT bucket_time) FROM fo_option_strike_bars"))
          .isEqualTo(108);
      assertThat(number("SELECT count(DISTINCT expiry) FROM fo_option_strike_bars")).isEqualTo(4);
      assertThat(report().rowsRead()).isEqualTo(49_358);
      assertThat(report().refused()).isZero();
      assertThat(report().minutesMissing()).isEqualTo(375 - 108);
    }

    @Test
    void run_everyRowOfTheFile_isASideWithItsPriceAndOpenInterest() throws IOException {
      Map<String, List<Double>> expected = new HashMap<>();
      DateTimeFormatter minute = DateTimeFormatter.ofPattern("yyyyMMddHHmm", Locale.ROOT);
      DateTimeFormatter date = DateTimeFormatter.ofPattern("dd-MMM-yyyy", Locale.ENGLISH);
      for (String line : lines(RecordedData.require(FILE))) {
        String[] cells = line.split(",", -1);
        long at = LocalDateTime.parse(cells[0], minute).atZone(INDIA).toEpochSecond();
        String side = cells[4].equals("CE") ? "call" : "put";
        double strike = Double.parseDouble(cells[3]);
        String key = at + " " + LocalDate.parse(cells[2], date) + " " + strike + " " + side;
        double price = Double.parseDouble(cells[6]);
        double oi = Double.parseDouble(cells[8]) * LOT;
        assertThat(expected.put(key, List.of(price, oi))).as(key).isNull();
      }
      assertThat(expected).hasSize(49_358);
      for (String side : List.of("call", "put")) {
        String sql =
            "SELECT extract(epoch FROM bucket_time)::bigint, expiry, strike, %1$s_close, %1$s_oi_last FROM fo_option_strike_bars WHERE %1$s_count > 0"
                .formatted(side);
        for (List<?> row : StoredRows.all(database(), sql)) {
          String key = row.get(0) + " " + row.get(1) + " " + row.get(2) + " " + side;
          assertThat(expected.remove(key)).as(key).isEqualTo(row.subList(3, 5));
        }
      }
      assertThat(expected).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"5,call", "5,put", "15,call", "15,put"})
    void run_minuteWithOpenInterest_givesItToItsBucket(int minutes, String side) {
      String cells =
          """
          WITH source AS (
            SELECT DISTINCT expiry, strike,
              date_bin('%1$d minutes', bucket_time, timestamptz '2000-01-01 00:00+00') AS bucket
            FROM fo_option_strike_bars WHERE %2$s_oi_last IS NOT NULL)
          SELECT count(*) FROM source %3$s JOIN fo_option_strike_bars_%1$dmin t
            ON t.expiry = source.expiry AND t.strike = source.strike AND t.bucket_time = bucket
            %4$s
          """;
      assertThat(number(cells.formatted(minutes, side, "", "")))
          .isGreaterThan(1000)
          .isEqualTo(
              number(
                  cells.formatted(minutes, side, "LEFT", "AND t." + side + "_oi_last IS NOT NULL")))
          .isEqualTo(
              number(
                  cells.formatted(minutes, side, "", "WHERE t." + side + "_oi_last IS NOT NULL")));
    }

    @Test
    void run_ivAtTheCollectorsFloor_isUnknownWithItsGreeks() {
      String sql =
          "SELECT count(*) FROM fo_option_strike_bars WHERE call_iv_avg <= 0.001 OR (call_iv_avg IS"
              + " NULL AND call_delta_avg IS NOT NULL"
              + " AND call_greeks_source IS DISTINCT FROM 'other_side')";
      assertThat(number(sql)).isZero();
    }
  }

  @Nested
  class WideChain extends Recorded {

    WideChain() throws ImportException {
      super("nse-chain-1min-20250829/NIFTY_20250829.csv.gz");
    }

    @Test
    void run_recordedDay_skipsStalePollsAndHoldsDropoutsBack() {
      assertThat(report().stalePolls()).isEqualTo(14);
      assertThat(report().dropouts()).isEqualTo(11);
      assertThat(report().rowsRead()).isEqualTo(233_762);
    }

    @Test
    void run_recordedDay_hasTheMinutesOfItsPages() {
      assertThat(number("SELECT count(DISTINCT bucket_time) FROM fo_option_strike_bars"))
          .isEqualTo(280);
    }

    @ParameterizedTest
    @CsvSource({"12:14,false", "12:16,true", "12:17,false"})
    void run_dropout_isUnknownForItsSnapshotAlone(String time, boolean unknown) {
      String sql =
          "SELECT call_oi_last IS NULL AND call_volume_day IS NULL AND call_close IS NULL AND call_count = 0, put_oi_last IS NOT NULL FROM fo_option_strike_bars WHERE expiry = '2025-09-02' AND strike = 24850 AND bucket_time = '2025-08-29 %s+05:30'"
              .formatted(time);
      assertThat(StoredRows.all(database(), sql)).containsExactly(List.of(unknown, true));
    }

    @Test
    void run_noUnderlying_hasOneStandInPerMinute() {
      String sql =
          "SELECT count(*) FROM (SELECT FROM fo_option_strike_bars GROUP BY bucket_time HAVING"
              + " count(DISTINCT underlying_close) <> 1 OR min(underlying_source) <> 'parity' OR"
              + " max(underlying_source) <> 'parity') m";
      assertThat(number(sql)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"09:22,24575.6", "12:36,24562.4", "15:27,24467.8"})
    void run_noUnderlying_standInIsTheDiscountedForwardOfTheNearestExpiry(
        String time, double forward) {
      String at = " FROM fo_expiry_metrics WHERE expiry = '2025-09-02'";
      String minute = at + " AND bucket_time = '2025-08-29 " + time + "+05:30'";
      double found = number("SELECT forward" + minute);
      double years =
          number(
              "SELECT extract(epoch FROM timestamptz '2025-09-02 15:30+05:30' - observed_at) / (365"
                  + " * 86400)"
                  + minute);
      assertThat(found).isCloseTo(forward, within(3.0));
      assertThat(number("SELECT underlying" + minute))
          .isCloseTo(found * Math.exp(-0.065 * years), within(1e-6));
    }

    @Test
    void run_fractionsOfAUnit_areRoundedToWholeOnes() {
      String sql =
          "SELECT count(*) FROM fo_option_strike_bars WHERE call_oi_last <> round(call_oi_last) OR"
              + " put_oi_last <> round(put_oi_last) OR put_volume_day <> round(put_volume_day)";
      assertThat(number(sql)).isZero();
      assertThat(
              number(
                  "SELECT put_oi_last FROM fo_option_strike_bars WHERE expiry = '2026-06-30' AND"
                      + " strike = 12000 ORDER BY bucket_time LIMIT 1"))
          .isEqualTo(325);
    }
  }

  @Nested
  class Holiday extends Recorded {

    Holiday() throws ImportException {
      super("nse-chain-1min-20250829/NIFTY_20250827.csv.gz");
    }

    @Test
    void run_holiday_endsWithNoBarsAndTheReason() {
      assertThat(number("SELECT count(*) FROM fo_option_strike_bars")).isZero();
      assertThat(report().barsWritten()).isZero();
      assertThat(report().stalePolls()).isEqualTo(6);
      assertThat(report().lines())
          .anyMatch(line -> line.contains("2025-08-27") && line.contains("Ganesh Chaturthi"));
    }

    @Test
    void run_closeOfTheDayBefore_isItsContractsFigures() {
      assertThat(
              StoredRows.all(
                  database(),
                  "SELECT DISTINCT trading_day::text, source, reported_at = '2025-08-26"
                      + " 15:30+05:30' FROM fo_contract_day"))
          .containsExactly(List.of("2025-08-26", "chain", true));
    }
  }

  @Nested
  class Pages2019 extends Recorded {

    Pages2019() throws ImportException {
      super("nse-chain-15min-2019/NIFTY_20190826-20190830.csv.gz");
    }

    @Test
    void run_dayBeforeExpiry_hasTheKnownPcrAndMaxPain() {
      String at =
          " FROM fo_expiry_metrics WHERE symbol = 'NIFTY50' AND expiry = '2019-08-29' AND"
              + " bucket_time = '2019-08-28 15:15+05:30'";
      assertThat(number("SELECT pcr" + at)).isCloseTo(0.8742, within(0.00005));
      assertThat(number("SELECT max_pain" + at)).isEqualTo(11050);
      assertThat(number("SELECT underlying" + at)).isEqualTo(11040.2);
    }

    @Test
    void run_pagesOfTheOpening_areStale() {
      assertThat(
              number(
                  "SELECT count(*) FROM fo_option_strike_bars WHERE (bucket_time AT TIME ZONE"
                      + " 'Asia/Kolkata')::time < '09:20'"))
          .isZero();
      assertThat(report().stalePolls()).isGreaterThanOrEqualTo(5 * 2 * 4);
      assertThat(report().refused("outside_session")).isZero();
    }

    @Test
    void run_pagesAfterTheClose_areContractDaysAlone() {
      assertThat(
              number(
                  "SELECT count(*) FROM fo_option_strike_bars WHERE (bucket_time AT TIME ZONE"
                      + " 'Asia/Kolkata')::time >= '15:30'"))
          .isZero();
      assertThat(
              number(
                  "SELECT count(DISTINCT trading_day) FROM fo_contract_day WHERE close_oi IS NOT"
                      + " NULL AND (reported_at AT TIME ZONE 'Asia/Kolkata')::time >= '15:30'"))
          .isEqualTo(5);
    }
  }

  @Nested
  class EndOfDay extends Recorded {

    EndOfDay() throws ImportException {
      super("nse-fo-eod/fo14112025.zip", "nse-fo-eod/fo17112025.zip");
    }

    @ParameterizedTest
    @CsvSource({"NIFTY50,2025-11-14,552188170", "BANKNIFTY,2025-11-14,35198265"})
    void run_marketActivity_sumsToTheExchangesTotals(String symbol, LocalDate day, double total) {
      assertThat(
              number(
                  "SELECT sum(close_oi) FROM fo_contract_day WHERE symbol = '%s' AND trading_day = '%s'"
                      .formatted(symbol, day)))
          .isEqualTo(total);
    }

    @ParameterizedTest
    @CsvSource({
      "NIFTY50,2025-11-14,0.91686",
      "BANKNIFTY,2025-11-14,0.96731",
      "NIFTY50,2025-11-17,1.13191",
      "BANKNIFTY,2025-11-17,1.17898"
    })
    void run_marketActivity_hasTheKnownPcr(String symbol, LocalDate day, double pcr) {
      assertThat(
              number(
                  "SELECT sum(close_oi) FILTER (WHERE side = 'put') / sum(close_oi) FILTER (WHERE side = 'call') FROM fo_contract_day WHERE symbol = '%s' AND trading_day = '%s'"
                      .formatted(symbol, day)))
          .isCloseTo(pcr, within(0.000005));
    }

    @Test
    void run_contractsOfOneDay_haveTheLotOfTheirExpiry() {
      assertThat(
              StoredRows.all(
                  database(),
                  "SELECT DISTINCT expiry >= '2026-01-01' AND expiry < '2026-02-01', lot_size FROM"
                      + " fo_contract_day WHERE symbol = 'NIFTY50' AND expiry < '2026-02-01' AND"
                      + " volume_day > 0 ORDER BY 1"))
          .containsExactly(List.of(false, 75), List.of(true, 65));
    }

    @Test
    void run_endOfDayAlone_makesNoBars() {
      assertThat(number("SELECT count(*) FROM fo_option_strike_bars")).isZero();
      assertThat(number("SELECT count(*) FROM strikegrid.generation WHERE has_bars")).isZero();
    }
  }

  @Nested
  class Samples extends Recorded {

    Samples() throws ImportException {
      super(
          "nse-fo-eod/fo_old_2005-06-15.sample.csv",
          "nse-fo-eod/fo_old_2008-10-24.sample.csv",
          "nse-fo-eod/fo_udiff_2025-09-02.sample.csv");
    }

    @Test
    void run_samples_takeOptionsAndPassFuturesOver() {
      assertThat(reports()).allMatch(r -> r.rowsRead() == 7 && r.refused() == 0);
      assertThat(reports()).allMatch(r -> r.lines().toString().contains("of other kinds"));
      assertThat(reports()).extracting(ImportReport::figuresWritten).containsExactly(4L, 4L, 4L);
    }

    @ParameterizedTest
    @CsvSource({
      "ACC,2005-06-15,2005-06-30,370,call,29250,34500,11.95,11.95",
      "NIFTY50,2005-06-15,2005-06-30,1900,put,530200,530600,1.25,1.25",
      "ABAN,2008-10-24,2008-11-27,1020,call,50,0,50,50",
      "NIFTY50,2008-10-24,2008-10-29,2750,call,465500,0,48.45,48.45",
      "BANKNIFTY,2025-09-02,2025-11-25,50000,put,2380,2100,155.35,155.35",
      "NIFTY50,2025-09-02,2025-09-02,22600,call,1425,6375,1997.45,",
    })
    void run_sampleContract_hasItsFigures(
        String symbol,
        LocalDate day,
        LocalDate expiry,
        double strike,
        String side,
        double oi,
        double before,
        double price,
        Double settlement) {
      String sql =
          "SELECT close_oi, previous_close_oi, close_price, settlement_price FROM fo_contract_day WHERE symbol = '%s' AND trading_day = '%s' AND expiry = '%s' AND strike = %s AND side = '%s'"
              .formatted(symbol, day, expiry, strike, side);
      List<List<Object>> rows = new ArrayList<>();
      rows.addAll(StoredRows.all(database(), sql));
      assertThat(rows).hasSize(1);
      assertThat(rows.getFirst()).containsExactly(oi, before, price, settlement);
    }

    @Test
    void run_udiffVolumeInLots_isInUnits() {
      assertThat(
              number(
                  "SELECT volume_day FROM fo_contract_day WHERE symbol = 'NIFTY50' AND expiry ="
                      + " '2025-09-09'"))
          .isEqualTo(140_322 * 75.0);
    }
  }

  private static List<String> lines(Path file) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      reader.readLine();
      return reader.lines().toList();
    }
  }
}
