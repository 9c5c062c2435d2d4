package io.strikegrid.server.platform.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.strikegrid.engine.market.ExpiryType;
import io.strikegrid.engine.market.PricingRules;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.time.TradingCalendar;
import io.strikegrid.server.platform.yaml.YamlFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MarketCatalogTest {

  private static final MarketCatalog SHIPPED = MarketCatalog.load(List.of());

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "NIFTY50,NIFTY50",
    "nifty,NIFTY50",
    "' nifty   50 ',NIFTY50",
    "NIFTY_50,NIFTY50",
    "^nsei,NIFTY50",
    "bank nifty,BANKNIFTY",
    "NiftyBank,BANKNIFTY",
    "btc,BTC"
  })
  void find_symbolOrAlias_isTheCanonicalOne(String name, String symbol) {
    assertThat(SHIPPED.find(name).map(Underlying::symbol)).contains(symbol);
  }

  @Test
  void find_unknown_isEmpty() {
    assertThat(SHIPPED.find("RELIANCE")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"NIFTY50,50", "BANKNIFTY,100", "FINNIFTY,50", "MIDCPNIFTY,25", "NIFTYNXT50,100"})
  void find_index_hasItsGap(String symbol, double gap) {
    assertThat(SHIPPED.find(symbol).orElseThrow().strikeGap()).hasValue(gap);
  }

  @Test
  void resolve_unlistedStock_hasTheMarketsRulesAlone() {
    Underlying stock = SHIPPED.resolve(" reliance ", "nse");
    assertThat(stock.symbol()).isEqualTo("RELIANCE");
    assertThat(stock.market()).isEqualTo("NSE");
    assertThat(stock.strikeGap()).isEmpty();
    assertThat(stock.lots()).isEmpty();
    assertThat(stock.wholeUnits()).isTrue();
    assertThat(stock.rate(LocalDate.of(2025, 8, 29))).isEqualTo(0.065);
    assertThat(stock.pricing()).isEqualTo(PricingRules.USUAL.withTick(0.05));
    assertThat(stock.expiryRules())
        .isNotEmpty()
        .allSatisfy(rule -> assertThat(rule.weekly()).isNull());
  }

  @Test
  void resolve_alias_isTheListedOne() {
    assertThat(SHIPPED.resolve("nifty 50", "NSE")).isSameAs(SHIPPED.find("NIFTY50").orElseThrow());
  }

  @Test
  void resolve_unknownMarket_namesTheKnownOnes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SHIPPED.resolve("X", "NYSE"))
        .withMessage("market must be one of NSE, CRYPTO, DEMO; have NYSE");
  }

  @Test
  void aliases_shipped_leadToListedSymbols() {
    assertThat(SHIPPED.aliases()).containsEntry("NIFTY 50", "NIFTY50").doesNotContainKey("NIFTY50");
    assertThat(SHIPPED.aliases().values())
        .allSatisfy(symbol -> assertThat(SHIPPED.find(symbol)).isPresent());
  }

  @Test
  void calendars_shipped_areNamedAsTheirMarkets() {
    assertThat(SHIPPED.calendars())
        .extracting(TradingCalendar::name)
        .containsExactly("NSE", "CRYPTO", "DEMO");
    assertThat(SHIPPED.all()).hasSize(8);
  }

  @ParameterizedTest
  @CsvSource({"2025-08-27,WEEKLY", "2025-08-28,WEEKLY", "2025-08-29,MONTHLY", "2025-08-30,WEEKLY"})
  void crypto_dailyExpiry_isWeeklyUnlessLastFriday(LocalDate expiry, ExpiryType type) {
    assertThat(SHIPPED.find("BTC").orElseThrow().typeOf(expiry)).contains(type);
    assertThat(SHIPPED.resolve("SOL", "CRYPTO").typeOf(expiry)).contains(type);
  }

  @Test
  void crypto_underlying_countsCoinsAndTakesTheForward() {
    Underlying bitcoin = SHIPPED.find("BTC").orElseThrow();
    assertThat(bitcoin.pricing()).isEqualTo(new PricingRules(true, true, 0, 0.01, 0.4));
    assertThat(bitcoin.wholeUnits()).isFalse();
    assertThat(bitcoin.lots()).isEmpty();
    assertThat(bitcoin.rate(LocalDate.of(2021, 2, 11))).isZero();
  }

  @Test
  void load_extraFile_addsAndReplaces() throws IOException {
    Path file =
        write(
            """
            markets:
              TEST:
                calendar:
                  zone: Europe/Berlin
                  weekdays: [monday, friday]
                  open: "08:00"
                  length_minutes: 600
                  expiry_time: "13:00"
                whole_units: true
                spot_is_forward: false
                tick: 0.1
                forward_within: { base: 0.02, per_year: 0.1 }
                expiry_rules: [{ from: 2000-01-01, weekly: friday, monthly: friday }]
                carry: [{ from: 2000-01-01, rate: 0.02, yield: 0.01 }]
            underlyings:
              dax: { market: TEST, aliases: [GER40], strike_gap: 25 }
              ETH: { market: TEST, forward: quoted, tick: 0.5 }
            """);
    MarketCatalog catalog = MarketCatalog.load(List.of(file));
    assertThat(catalog.find("ger40").orElseThrow().symbol()).isEqualTo("DAX");
    assertThat(catalog.find("ETH").orElseThrow().market()).isEqualTo("TEST");
    assertThat(catalog.find("DAX").orElseThrow().pricing())
        .isEqualTo(new PricingRules(false, false, 0.1, 0.02, 0.1));
    assertThat(catalog.find("ETH").orElseThrow().pricing())
        .isEqualTo(new PricingRules(true, false, 0.5, 0.02, 0.1));
    assertThat(catalog.find("ether")).isEmpty();
    assertThat(catalog.find("NIFTY")).isPresent();
  }

  @Test
  void load_manyFaults_areReportedTogetherWithFileAndKey() throws IOException {
    Path file =
        write(
            """
            markets:
              TEST:
                calendar:
                  zone: Mars/Olympus
                  weekdays: [monday, funday]
                  open: "08:10"
                  length_minutes: 60
                  holidays: { 2025-13-01: Never }
                whole_units: maybe
                spot_is_forward: false
                expiry_rules: [{ from: 2000-01-01, monthly: friday, yearly: friday }]
                carry: [{ from: 2000-01-01, rate: 6.5, yield: 0 }]
                colour: red
            underlyings:
              ONE: { market: NOWHERE, aliases: [NIFTY] }
              TWO: { market: NSE, strike_gap: -1 }
              FOUR: { market: NSE, forward: guessed, tick: -1, forward_within: { base: 1 } }
              THREE: { market: NSE, lots: [{ expiry_from: 2025-01-01, date_from: soon, lot: x }] }
            """);
    YamlFileException refused =
        catchThrowableOfType(YamlFileException.class, () -> MarketCatalog.load(List.of(file)));
    assertThat(refused.problems())
        .allSatisfy(problem -> assertThat(problem).startsWith(file + "."))
        .extracting(problem -> problem.substring(file.toString().length() + 1))
        .containsExactlyInAnyOrder(
            "markets.TEST.colour: unknown key; allowed are calendar, whole_units, spot_is_forward,"
                + " forward, tick, forward_within, expiry_rules, carry",
            "markets.TEST.whole_units: must be true or false; have maybe",
            "markets.TEST.expiry_rules[0].yearly: unknown key; allowed are from, weekly, monthly",
            "markets.TEST.carry[0]: rate must be a fraction from -1 to 1; have 6.5",
            "markets.TEST.calendar.zone: must be a time zone such as Asia/Kolkata; have"
                + " Mars/Olympus",
            "markets.TEST.calendar.weekdays[1]: must be a weekday such as thursday; have funday",
            "markets.TEST.calendar.expiry_time: is missing",
            "markets.TEST.calendar.holidays.2025-13-01: key must be a date such as 2025-05-01",
            "markets.TEST.calendar: opening must be on a quarter hour; have 08:10",
            "underlyings.ONE.market: must be one of CRYPTO, DEMO, NSE; have NOWHERE",
            "underlyings.ONE.aliases: NIFTY already stands for NIFTY50",
            "underlyings.TWO: strike gap of TWO must be positive; have -1.0",
            "underlyings.FOUR.forward: must be parity or quoted; have guessed",
            "underlyings.FOUR.forward_within.per_year: is missing",
            "underlyings.FOUR: tick must be a number not below 0; have -1.0",
            "underlyings.THREE.lots[0].date_from: must be a date such as 2025-09-01; have soon",
            "underlyings.THREE.lots[0].lot: must be a whole number; have x");
    assertThat(refused).hasMessageStartingWith("the files have 17 faults:");
  }

  @ParameterizedTest
  @ValueSource(strings = {"markets: [", "markets: {}\nmarkets: {}\n", "- 1", "", "wrong: 1"})
  void load_unusableFile_isAFaultOfThatFile(String text) throws IOException {
    Path file = write(text);
    YamlFileException refused =
        catchThrowableOfType(YamlFileException.class, () -> MarketCatalog.load(List.of(file)));
    assertThat(refused.problems()).hasSize(1).first().asString().startsWith(file.toString());
  }

  @Test
  void load_missingFile_isAFaultOfThatFile() {
    Path file = folder.resolve("none.yaml");
    YamlFileException refused =
        catchThrowableOfType(YamlFileException.class, () -> MarketCatalog.load(List.of(file)));
    assertThat(refused).hasMessageContaining(file + ": cannot be read");
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("extra.yaml"), text);
  }
}
