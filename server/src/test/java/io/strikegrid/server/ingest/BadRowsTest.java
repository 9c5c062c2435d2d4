package io.strikegrid.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.strikegrid.server.StoredRows;
import io.strikegrid.server.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadRowsTest {

  private static final List<String> COLUMNS =
      List.of(
          "bucket_time",
          "symbol",
          "expiry",
          "strike",
          "underlying_close",
          "call_close",
          "call_oi",
          "call_volume_day",
          "call_iv_avg",
          "call_iv_count",
          "call_count",
          "put_delta_avg",
          "put_greeks_count",
          "put_close");
  private static final List<String> GOOD =
      List.of(
          "2025-04-21T04:00:00Z",
          "NIFTY",
          "2025-04-24",
          "24500",
          "24490.5",
          "101.5",
          "7500",
          "150",
          "0.12",
          "2",
          "2",
          "-0.5",
          "1",
          "95");

  @TempDir private Path folder = Path.of("");

  private final TestDatabase store = TestDatabase.create();

  @AfterEach
  void clear() {
    store.clear();
  }

  @AfterAll
  void close() {
    store.close();
  }

  private ImportReport run(List<String> lines) throws Exception {
    Path file = Imports.write(folder, "rows.csv", lines);
    return new Imports(store.database()).run(file);
  }

  private static String with(String column, String value) {
    List<String> row = new ArrayList<>(GOOD);
    row.set(COLUMNS.indexOf(column), value);
    return String.join(",", row);
  }

  private static List<String> around(String bad) {
    return List.of(
        String.join(",", COLUMNS), with("strike", "24450"), bad, with("strike", "24550"));
  }

  @ParameterizedTest
  @CsvSource({
    "call_close,abc,bad_number,a number",
    "call_close,NaN,bad_number,a number",
    "call_close,Infinity,bad_number,a number",
    "call_close,-Infinity,bad_number,a number",
    "call_close,1e999,bad_number,a number",
    "call_close,0x1p3,bad_number,a number",
    "call_close,0X1P3,bad_number,a number",
    "call_close,100d,bad_number,a number",
    "call_close,100F,bad_number,a number",
    "call_close,1e300,bad_number,at most 1e15",
    "call_close,'\"1,000\"',bad_number,a number",
    "call_close,1_000,bad_number,a number",
    "call_close,1 000,bad_number,a number",
    "call_close,--1,bad_number,a number",
    "call_close,-5,negative_value,0 or more",
    "call_oi,-75,negative_value,0 or more",
    "call_volume_day,-1,negative_value,0 or more",
    "call_iv_avg,-0.1,negative_value,0 or more",
    "underlying_close,x,bad_number,a number",
    "strike,0,not_positive,greater than 0",
    "strike,-1,not_positive,greater than 0",
    "strike,'',bad_number,a number",
    "strike,NaN,bad_number,a number",
    "expiry,2025-02-30,bad_date,a date like yyyy-MM-dd",
    "expiry,24-Apr-2025,bad_date,a date like yyyy-MM-dd",
    "expiry,0025-04-24,bad_date,within the years",
    "expiry,9999-04-24,bad_date,within the years",
    "expiry,'',bad_date,a date like yyyy-MM-dd",
    "expiry,2025-04-17,after_expiry,on or after 2025-04-21",
    "bucket_time,2025-04-21T04:00:00,bad_time,ISO-8601 with an offset",
    "bucket_time,2025-04-21 09:30,bad_time,ISO-8601 with an offset",
    "bucket_time,2025-04-21T25:00:00Z,bad_time,ISO-8601 with an offset",
    "bucket_time,yesterday,bad_time,ISO-8601 with an offset",
    "bucket_time,'',bad_time,ISO-8601 with an offset",
    "symbol,NIFTY;DROP,bad_symbol,letters",
    "symbol,'',bad_symbol,letters",
    "symbol,N\u0406FTY,lookalike_symbol,letters",
    "symbol,\u0410\u0412\u0421,lookalike_symbol,letters",
    "symbol,NIFTY\u202e,bad_symbol,letters",
    "call_count,0,count_of_zero,1 or more",
    "call_iv_count,0,count_of_zero,1 or more",
    "put_greeks_count,0,count_of_zero,1 or more",
    "call_count,1.5,bad_number,a whole number",
    "call_count,3000000000,bad_number,at most 100000000",
    "call_count,-1,negative_value,0 or more",
  })
  void run_badValue_isRefusedWithLineColumnValueAndRule(
      String column, String value, String code, String rule) throws Exception {
    ImportReport report = run(around(with(column, value)));
    assertThat(report.refused(code)).isEqualTo(1);
    assertThat(report.refused()).isEqualTo(1);
    assertThat(report.barsWritten()).isEqualTo(2);
    assertThat(String.join("\n", report.lines()))
        .containsPattern("rows\\.csv:3: " + column + " must be .*" + rule);
  }

  @Test
  void run_numberThatHoldsANul_isRefused() throws Exception {
    ImportReport report = run(around(with("call_close", "\u0000100")));
    assertThat(report.refused("bad_number")).isEqualTo(1);
    assertThat(report.lines()).noneMatch(line -> line.contains("\u0000"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1,2,3", "*,2", "x"})
  void run_wrongColumnCount_isRefused(String row) throws Exception {
    ImportReport report = run(around(row));
    assertThat(report.refused("wrong_columns")).isEqualTo(1);
    assertThat(report.barsWritten()).isEqualTo(2);
    assertThat(String.join("\n", report.lines())).contains("rows.csv:3: row must be 14 columns");
  }

  @Test
  void run_dateThatIsNotPlausible_isRefusedEveryTime() throws Exception {
    String row = with("expiry", "9999-04-24");
    ImportReport report =
        run(List.of(String.join(",", COLUMNS), row, row, with("strike", "24550"), row));
    assertThat(report.refused("bad_date")).isEqualTo(3);
    assertThat(report.barsWritten()).isEqualTo(1);
  }

  @Test
  void run_oneMinuteTwice_keepsOneBarAndRefusesTheOther() throws Exception {
    ImportReport report = run(around(with("strike", "24450").replace(",101.5,", ",102.5,")));
    assertThat(report.refused("second_bar")).isPositive();
    assertThat(
            StoredRows.number(
                store.database(),
                "SELECT call_close FROM fo_option_strike_bars WHERE strike = 24450"))
        .isIn(101.5, 102.5);
  }

  @ParameterizedTest
  @CsvSource({
    "2025-04-21T03:44:00Z,outside_session", "2025-04-21T10:31:00Z,outside_session",
    "2025-04-19T04:00:00Z,closed_day", "2025-04-18T04:00:00Z,closed_day"
  })
  void run_timeWithoutASession_isRefusedWithItsLine(String time, String code) throws Exception {
    ImportReport report = run(around(with("bucket_time", time)));
    assertThat(report.refused(code)).isEqualTo(1);
    assertThat(report.refused()).isEqualTo(1);
    assertThat(String.join("\n", report.lines())).contains("rows.csv:3: ");
    assertThat(report.barsWritten()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "25-Aug-2026,FUT,bad_side,CE or PE",
    "25-Aug-2026,'',bad_side,CE or PE",
    "25-Aug-2026,ce,bad_side,CE or PE",
    "18-Aug-2026,CE,after_expiry,on or after 2026-08-19",
    "31-Feb-2026,CE,bad_date,a date like dd-MMM-yyyy",
  })
  void run_badContractOfALongChain_isRefused(String expiry, String side, String code, String rule)
      throws Exception {
    String header =
        "timestamp,symbol,expiry,strike,option_type,spot,ltp,volume,oi,oi_chg,iv,delta,gamma,theta,vega,rho";
    String rest = ",24052.4,0.7,31720,45830,5325,35.43,-0.0024,7e-06,-0.6602,0.2271,-0.0095";
    ImportReport report =
        run(
            List.of(
                header,
                "202608191127,NIFTY50,25-Aug-2026,21200,PE" + rest,
                "202608191127,NIFTY50," + expiry + ",21250," + side + rest));
    assertThat(report.refused(code)).isEqualTo(1);
    assertThat(report.barsWritten()).isEqualTo(1);
    assertThat(String.join("\n", report.lines())).contains("rows.csv:3: ").contains(rule);
  }

  @Test
  void run_extremeButAllowedNumbers_areStoredAndRolledUp() throws Exception {
    List<String> lines = new ArrayList<>(List.of(String.join(",", COLUMNS)));
    for (int m = 10; m < 25; m++) {
      String row = with("bucket_time", "2025-04-21T04:" + m + ":00Z");
      lines.add(
          row.replace(",24490.5,101.5,7500,", ",1e9,1e15,1e15,")
              .replace(",0.12,2,2,-0.5,1,", ",1e15,100000000,100000000,-1e-290,100000000,"));
    }
    ImportReport report = run(lines);
    assertThat(report.refused()).isZero();
    assertThat(report.barsWritten()).isEqualTo(15);
    assertThat(
            StoredRows.number(
                store.database(), "SELECT call_count FROM fo_option_strike_bars_15min LIMIT 1"))
        .isPositive();
  }

  @Test
  void run_contractTwiceInAnEndOfDayFile_keepsTheFirst() throws Exception {
    String header =
        "INSTRUMENT,SYMBOL,EXPIRY_DT,STRIKE_PR,OPTION_TYP,CLOSE,SETTLE_PR,CONTRACTS,OPEN_INT,CHG_IN_OI,TIMESTAMP";
    String row = "OPTIDX,NIFTY,29-Oct-2008,2750,CE,48.45,48.45,19713,465500,465500,24-OCT-2008";
    ImportReport report =
        run(List.of(header, row, row, row.replace("NIFTY", "NIFTY50"), row.replace("48.45", "50")));
    assertThat(report.refused("second_row")).isEqualTo(1);
    assertThat(String.join("\n", report.lines())).contains("rows.csv:5: ");
    assertThat(StoredRows.number(store.database(), "SELECT close_price FROM fo_contract_day"))
        .isEqualTo(48.45);
  }
}
