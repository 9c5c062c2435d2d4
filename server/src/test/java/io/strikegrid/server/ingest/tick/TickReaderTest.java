package io.strikegrid.server.ingest.tick;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strikegrid.engine.bar.ObservationField;
import io.strikegrid.engine.market.Side;
import io.strikegrid.server.ApiClient;
import io.strikegrid.server.ingest.RefusedRow;
import io.strikegrid.server.live.Tick;
import io.strikegrid.server.platform.market.MarketCatalog;
import io.strikegrid.testkit.ManualClock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class TickReaderTest {

  private static final long TIME = 1_745_296_441_250L;

  private final ManualClock clock = ManualClock.at("2025-04-22T06:30:00Z");
  private final TickReader reader = new TickReader(MarketCatalog.load(List.of()), clock);

  @Test
  void read_flatFields_isAnObservationOfTheContract() throws RefusedRow {
    Tick tick = reader.read(contract("ltp=122.2", "oi=7247850", "spot=24518.2"));

    assertThat(tick.underlying().symbol()).isEqualTo("NIFTY50");
    assertThat(tick.session().day()).isEqualTo(LocalDate.parse("2025-04-22"));
    assertThat(tick.expiry()).contains(LocalDate.parse("2025-04-24"));
    assertThat(tick.observation().strike()).isEqualTo(24_500);
    assertThat(tick.observation().side()).isEqualTo(Side.CALL);
    assertThat(tick.observation().millis()).isEqualTo(TIME);
    assertThat(tick.observation().polled()).isEqualTo(TIME / 1000);
    assertThat(tick.observation().get(ObservationField.PRICE)).isEqualTo(122.2);
    assertThat(tick.observation().get(ObservationField.OI)).isEqualTo(7_247_850);
    assertThat(tick.observation().get(ObservationField.UNDERLYING)).isEqualTo(24_518.2);
    assertThat(tick.observation().get(ObservationField.BID)).isNaN();
  }

  @Test
  void read_json_isTheSameAsFlatFields() throws RefusedRow {
    Tick flat = reader.read(contract("ltp=122.2", "oi=7247850"));
    Tick json =
        reader.read(
            0,
            ApiClient.read(
                """
                {"symbol": "nifty", "expiry": "2025-04-24", "strike": 24500, "type": "CE",
                 "ts": 1745296441250, "ltp": "122.2", "oi": 7247850, "bid": null, "ask": ""}\
                """),
            new IgnoredFields());

    assertThat(json.observation().isSame(flat.observation())).isTrue();
    assertThat(json.expiry()).isEqualTo(flat.expiry());
  }

  @ParameterizedTest
  @EnumSource(
      value = TickField.class,
      names = {"SYMBOL", "EXPIRY", "STRIKE", "SIDE", "TIME", "UNIT"},
      mode = EnumSource.Mode.EXCLUDE)
  void read_everyNameOfAValue_isThatValue(TickField field) throws RefusedRow {
    ObservationField observed =
        Objects.requireNonNull(Objects.requireNonNull(field.value()).observed());
    for (String name : field.names()) {
      for (String spelt :
          List.of(name, name.toUpperCase(Locale.ROOT), camel(name), name.replace('_', '-'))) {
        Map<String, String> fields = field == TickField.UNDERLYING ? contract("oi=1") : contract();
        fields.put(spelt, "3");
        Tick tick = reader.read(fields);
        double expected = field == TickField.IV_PERCENT ? 0.03 : 3;
        assertThat(tick.observation().get(observed)).as(spelt).isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "CE,CALL", "ce,CALL", "C,CALL", "call,CALL", "CALL,CALL",
    "PE,PUT", "pe,PUT", "P,PUT", "put,PUT", "PUT,PUT"
  })
  void read_everyNameOfASide_isThatSide(String text, Side side) throws RefusedRow {
    for (String name : TickField.SIDE.names()) {
      Map<String, String> fields = contract("ltp=1");
      fields.remove("type");
      fields.put(name, text);
      assertThat(reader.read(fields).observation().side()).as(name).isEqualTo(side);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1745296441,1745296441000",
    "1745296441.25,1745296441250",
    "1745296441250,1745296441250",
    "1745296441250.9,1745296441250",
    "1745296441250999,1745296441250",
    "1745296441250999999,1745296441250",
    "2025-04-22T10:04:01.250+05:30,1745296441250",
    "2025-04-22 10:04:01+05:30,1745296441000",
    "2025-04-22T04:34:01Z,1745296441000"
  })
  void read_timeOfAnyMagnitude_isItsMillisecond(String text, long millis) throws RefusedRow {
    for (String name : TickField.TIME.names()) {
      Map<String, String> fields = contract("ltp=1");
      fields.remove("ts");
      fields.put(name, text);
      assertThat(reader.read(fields).observation().millis()).as(name).isEqualTo(millis);
    }
  }

  @Test
  void read_secondsWithAFractionInJson_areItsMillisecond() throws RefusedRow {
    Tick tick =
        reader.read(
            0,
            ApiClient.read("{\"symbol\": \"NIFTY\", \"ts\": 1745296441.25, \"ltp\": 24500}"),
            new IgnoredFields());

    assertThat(tick.observation().millis()).isEqualTo(TIME);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "symbol=NOPE|unknown_symbol|symbol",
        "symbol=NIFTY25N0424500CE|unknown_symbol|symbol",
        "symbol=|missing_field|symbol",
        "ts=|missing_field|time",
        "ts=2025-04-22T10:04:01|bad_time|ts",
        "ts=yesterday|bad_time|ts",
        "ts=-5|bad_time|ts",
        "ts=99999999999999999999|bad_time|ts",
        "ts=631151999|bad_time|ts",
        "ts=0|bad_time|ts",
        "ts=1745303406|in_future|ts",
        "ts=1745299800000000001000|bad_time|ts",
        "ts=2025-04-20T10:00:00+05:30|closed_day|ts",
        "ts=2025-04-18T10:00:00+05:30|closed_day|ts",
        "ts=2025-04-22T09:14:59.999+05:30|outside_session|ts",
        "ts=2025-04-21T15:30:00+05:30|outside_session|ts",
        "expiry=|missing_field|expiry",
        "expiry=24-04-2025|bad_date|expiry",
        "expiry=2025-04-21|after_expiry|expiry",
        "expiry=2125-04-21|after_expiry|expiry",
        "strike=|missing_field|strike",
        "strike=0|not_positive|strike",
        "strike=-5|not_positive|strike",
        "strike=1e10|bad_number|strike",
        "type=|missing_field|side",
        "type=XX|bad_side|type",
        "ltp=abc|bad_number|ltp",
        "ltp=NaN|bad_number|ltp",
        "ltp=Infinity|bad_number|ltp",
        "ltp=1e16|bad_number|ltp",
        "ltp=0x10|bad_number|ltp",
        "ltp=-1|negative_value|ltp",
        "oi=-1|negative_value|oi",
        "iv=-0.1|negative_value|iv",
        "spot=-1|negative_value|spot",
        "spot=1e10|bad_number|spot",
        "last_price=5|repeated_field|last_price",
        "iv=0.1;iv_percent=10|repeated_field|iv_percent",
        "volume_day=1;volume_today=1|repeated_field|volume_today",
        "volume=1;volume_day=1;trade_volume=1|repeated_field|volume",
        "LTP=5|repeated_field|LTP",
        "unit=crores|bad_unit|unit",
        "ltp=|no_value|tick",
        "ltp=;spot=24500|no_value|tick",
        "ltp=;iv=0|no_value|tick"
      })
  void read_whatCannotBe_isRefusedAndNamed(String change, String code, String field) {
    Map<String, String> fields = contract("ltp=122.2");
    for (String one : change.split(";", -1)) {
      fields.put(one.substring(0, one.indexOf('=')), one.substring(one.indexOf('=') + 1));
    }

    assertThatThrownBy(() -> reader.read(fields))
        .isInstanceOfSatisfying(
            RefusedRow.class,
            refused -> {
              assertThat(refused.refusal().code()).isEqualTo(code);
              assertThat(refused.refusal().field()).isEqualTo(field);
              assertThat(refused.refusal().message()).startsWith(field + " must be ");
            });
  }

  @Test
  void read_fewSecondsAhead_isTaken() throws RefusedRow {
    clock.set(Instant.ofEpochMilli(TIME - 5_000));
    assertThat(reader.read(contract("ltp=1")).observation().millis()).isEqualTo(TIME);

    clock.set(Instant.ofEpochMilli(TIME - 5_001));
    assertThatThrownBy(() -> reader.read(contract("ltp=1"))).isInstanceOf(RefusedRow.class);
  }

  @Test
  void read_atTheTimeOfExpiry_isRefused() {
    clock.set(Instant.parse("2025-04-25T10:00:00Z"));
    Map<String, String> fields = contract("ltp=1");
    fields.put("symbol", "BTC");
    fields.put("ts", "2025-04-24T08:00:00Z");

    assertThatThrownBy(() -> reader.read(fields))
        .isInstanceOfSatisfying(
            RefusedRow.class,
            refused -> assertThat(refused.refusal().code()).isEqualTo("after_expiry"));
  }

  @Test
  void read_signedValuesBelowZero_areTaken() throws RefusedRow {
    Tick tick = reader.read(contract("delta=-0.4", "theta=-9.5", "rho=-1", "oi_change=-750"));

    assertThat(tick.observation().get(ObservationField.DELTA)).isEqualTo(-0.4);
    assertThat(tick.observation().get(ObservationField.THETA)).isEqualTo(-9.5);
    assertThat(tick.observation().get(ObservationField.OI_CHANGE)).isEqualTo(-750);
  }

  @Test
  void read_volumeAlone_isTheDays() throws RefusedRow {
    Tick tick = reader.read(contract("volume=900"));

    assertThat(tick.observation().get(ObservationField.VOLUME_DAY)).isEqualTo(900);
    assertThat(tick.observation().get(ObservationField.VOLUME)).isNaN();
  }

  @Test
  void read_volumeBesideTheDays_isTheTicksOwn() throws RefusedRow {
    Tick tick = reader.read(contract("volume=75", "volume_traded=900"));

    assertThat(tick.observation().get(ObservationField.VOLUME_DAY)).isEqualTo(900);
    assertThat(tick.observation().get(ObservationField.VOLUME)).isEqualTo(75);
  }

  @Test
  void read_lots_areUnitsByTheContractsLot() throws RefusedRow {
    Tick tick =
        reader.read(contract("unit=lots", "oi=10", "oi_change=-2", "volume_day=4", "ltp=1"));

    assertThat(tick.observation().get(ObservationField.OI)).isEqualTo(750);
    assertThat(tick.observation().get(ObservationField.OI_CHANGE)).isEqualTo(-150);
    assertThat(tick.observation().get(ObservationField.VOLUME_DAY)).isEqualTo(300);
    assertThat(tick.observation().get(ObservationField.PRICE)).isEqualTo(1);
  }

  @Test
  void read_lotsOfAContractWithoutALot_isRefused() {
    Map<String, String> fields = contract("unit=lots", "oi=10");
    fields.put("symbol", "BTC");

    assertThatThrownBy(() -> reader.read(fields))
        .isInstanceOfSatisfying(
            RefusedRow.class,
            refused -> assertThat(refused.refusal().code()).isEqualTo("no_lot_size"));
  }

  @Test
  void read_ivOfZero_isUnknownWithItsGreeks() throws RefusedRow {
    Tick tick = reader.read(contract("ltp=122", "iv=0", "delta=0", "vega=0", "spot=0"));

    assertThat(tick.observation().get(ObservationField.IV)).isNaN();
    assertThat(tick.observation().get(ObservationField.DELTA)).isNaN();
    assertThat(tick.observation().get(ObservationField.VEGA)).isNaN();
    assertThat(tick.observation().get(ObservationField.UNDERLYING)).isNaN();
    assertThat(tick.observation().get(ObservationField.PRICE)).isEqualTo(122);
  }

  @Test
  void read_openInterestOfZero_isZero() throws RefusedRow {
    assertThat(reader.read(contract("oi=0")).observation().get(ObservationField.OI)).isZero();
  }

  @Test
  void read_withoutAContract_isThePriceOfTheUnderlying() throws RefusedRow {
    IgnoredFields ignored = new IgnoredFields();
    Tick tick =
        reader.read(
            0,
            Map.of("symbol", "NIFTY 50", "ts", "" + TIME, "ltp", "24518.4", "bid", "1"),
            ignored);

    assertThat(tick.expiry()).isEmpty();
    assertThat(tick.observation().get(ObservationField.UNDERLYING)).isEqualTo(24_518.4);
    assertThat(ignored.counts()).containsOnly(Map.entry("bid", 1));
  }

  @ParameterizedTest
  @CsvSource({"oi,5,missing_field", "delta,0.5,missing_field", "spot,5,repeated_field"})
  void read_underlyingWithWhatOnlyAContractHas_isRefused(String name, String value, String code) {
    assertThatThrownBy(
            () -> reader.read(Map.of("symbol", "NIFTY", "ts", "" + TIME, "ltp", "1", name, value)))
        .isInstanceOfSatisfying(
            RefusedRow.class, refused -> assertThat(refused.refusal().code()).isEqualTo(code));
  }

  @Test
  void read_fieldsThatNobodyKnows_areCountedByName() throws RefusedRow {
    IgnoredFields ignored = new IgnoredFields();
    reader.read(0, contract("ltp=1", "tradingsymbol=NIFTY25APR24500CE", "lpt=2"), ignored);
    reader.read(1, contract("ltp=1", "lpt=2"), ignored);

    assertThat(ignored.counts()).containsOnly(Map.entry("lpt", 2), Map.entry("tradingsymbol", 1));
  }

  @Test
  void ignored_moreNamesThanAreTold_areCountedTogether() {
    IgnoredFields ignored = new IgnoredFields();
    for (int i = 0; i < IgnoredFields.MOST + 50; i++) {
      ignored.add("field" + i);
    }

    assertThat(ignored.counts()).hasSize(IgnoredFields.MOST + 1).containsEntry("(others)", 50);
  }

  private static Map<String, String> contract(String... values) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("symbol", "NIFTY");
    fields.put("expiry", "2025-04-24");
    fields.put("strike", "24500");
    fields.put("type", "CE");
    fields.put("ts", "" + TIME);
    for (String value : values) {
      fields.put(value.substring(0, value.indexOf('=')), value.substring(value.indexOf('=') + 1));
    }
    return fields;
  }

  private static String camel(String name) {
    StringBuilder camel = new StringBuilder();
    for (String part : name.split("_", -1)) {
      camel.append(
          camel.isEmpty() ? part : Character.toUpperCase(part.charAt(0)) + part.substring(1));
    }
    return camel.toString();
  }
}
