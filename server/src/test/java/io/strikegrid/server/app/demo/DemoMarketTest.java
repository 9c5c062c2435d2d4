package io.strikegrid.server.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.strikegrid.engine.bar.Observation;
import io.strikegrid.engine.bar.ObservationField;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.server.platform.market.MarketCatalog;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemoMarketTest {

  private static final long SEED = 1;
  private static final Underlying DEMO =
      MarketCatalog.load(List.of()).find(DemoMarket.SYMBOL).orElseThrow();

  private static NavigableMap<LocalDate, NavigableMap<LocalDate, List<Observation>>> at(
      String now) {
    return DemoMarket.generate(DEMO, Instant.parse(now), SEED);
  }

  private static Map<String, String> texts(
      NavigableMap<LocalDate, NavigableMap<LocalDate, List<Observation>>> days) {
    Map<String, String> texts = new HashMap<>();
    days.values()
        .forEach(byExpiry ->
            byExpiry.forEach((expiry, observations) ->
                observations.forEach(o ->
                    texts.put(
                        expiry + " " + o.strike() + o.side() + o.time(),
                        Arrays.toString(o.values())))));
    return texts;
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-11T13:37:42Z, 2026-03-11T13:36:57Z, 2026-03-10",
    "2026-03-11T13:37:00Z, 2026-03-11T13:36:57Z, 2026-03-10",
    "2026-03-11T00:01:10Z, 2026-03-11T00:00:57Z, 2026-03-10",
    "2026-03-11T00:00:10Z, 2026-03-10T23:59:57Z, 2026-03-09"
  })
  void generate_anyTime_endsWithTheLastCompleteMinuteOfTwoDays(
      String now, Instant newest, LocalDate earlier) {
    var days = at(now);
    assertThat(days.keySet()).containsExactly(earlier, earlier.plusDays(1));
    assertThat(days.values())
        .allSatisfy(byExpiry ->
            assertThat(byExpiry)
                .hasSize(2)
                .allSatisfy((expiry, observations) -> assertThat(observations).isNotEmpty()));
    assertThat(days.lastEntry().getValue().firstEntry().getValue().getLast().time())
        .isEqualTo(newest.getEpochSecond());
  }

  @ParameterizedTest
  @CsvSource({"2026-03-11T13:37:42Z", "2026-03-11T00:01:10Z", "2026-03-11T02:00:00Z"})
  void generate_anyTime_coversNineHours(String now) {
    assertThat(texts(at(now))).hasSize(9 * 60 * 41 * 2 * 2);
  }

  @Test
  void generate_anyDay_staysWithinItsDate() {
    at("2026-03-11T13:37:42Z")
        .forEach((day, byExpiry) ->
            byExpiry.forEach((expiry, observations) -> {
              assertThat(expiry).isAfter(day);
              assertThat(observations).allMatch(o -> DEMO.calendar().dayOf(o.time()).equals(day));
            }));
  }

  @ParameterizedTest
  @CsvSource({"2026-03-11T14:37:42Z", "2026-03-12T02:10:00Z"})
  void generate_later_repeatsTheMinutesThatBothHave(String later) {
    Map<String, String> before = texts(at("2026-03-11T23:37:42Z"));
    Map<String, String> after = texts(at(later));
    before.keySet().retainAll(after.keySet());
    assertThat(before).isNotEmpty();
    assertThat(after).containsAllEntriesOf(before);
  }

  @Test
  void generate_otherSeed_isAnotherMarket() {
    Instant now = Instant.parse("2026-03-11T13:37:42Z");
    assertThat(texts(DemoMarket.generate(DEMO, now, SEED + 1)))
        .isNotEqualTo(texts(DemoMarket.generate(DEMO, now, SEED)));
  }

  @Test
  void generate_expiries_haveATypeAndALot() {
    for (LocalDate expiry : at("2026-03-11T13:37:42Z").lastEntry().getValue().keySet()) {
      assertThat(DEMO.typeOf(expiry)).isPresent();
      assertThat(DEMO.lot(expiry, LocalDate.of(2026, 3, 11))).hasValue(25);
    }
  }

  @Test
  void generate_everyObservation_isPlausible() {
    for (var byExpiry : at("2026-03-11T13:37:42Z").values()) {
      for (List<Observation> observations : byExpiry.values()) {
        assertThat(observations)
            .allMatch(o -> o.get(ObservationField.PRICE) >= 0.05)
            .allMatch(o -> o.get(ObservationField.LOW) <= o.get(ObservationField.OPEN))
            .allMatch(o -> o.get(ObservationField.HIGH) >= o.get(ObservationField.PRICE))
            .allMatch(o -> o.get(ObservationField.ASK) > o.get(ObservationField.PRICE))
            .allMatch(o -> !(o.get(ObservationField.BID) >= o.get(ObservationField.PRICE)))
            .allMatch(o -> o.get(ObservationField.OI) % 25 == 0)
            .allMatch(o -> Math.abs(o.get(ObservationField.UNDERLYING) - 24_000) < 1000);
      }
    }
  }

  @Test
  void generate_volumeOfTheDay_neverFalls() {
    for (var byExpiry : at("2026-03-11T13:37:42Z").values()) {
      for (List<Observation> observations : byExpiry.values()) {
        contracts(observations)
            .forEach(ofContract ->
                assertThat(ofContract)
                    .extracting(o -> o.get(ObservationField.VOLUME_DAY))
                    .isSortedAccordingTo(Double::compare));
      }
    }
  }

  private static List<List<Observation>> contracts(List<Observation> observations) {
    Function<Observation, List<Object>> contract = o -> List.of(o.strike(), o.side());
    return List.copyOf(observations.stream().collect(Collectors.groupingBy(contract)).values());
  }

  @Test
  void generate_callAndPutOfAStrike_keepParityToTheTick() {
    LocalDate day = LocalDate.of(2026, 3, 11);
    List<Observation> nearest =
        at("2026-03-11T13:37:42Z").lastEntry().getValue().firstEntry().getValue();
    LocalDate expiry = LocalDate.of(2026, 3, 13);
    for (int i = 0; i < nearest.size(); i += 2) {
      Observation call = nearest.get(i);
      Observation put = nearest.get(i + 1);
      double years =
          (DEMO.calendar().expiryAt(expiry).getEpochSecond() - call.time()) / 31_536_000.0;
      double spot = call.get(ObservationField.UNDERLYING);
      double worth =
          spot * Math.exp(-DEMO.yield(day) * years)
              - call.strike() * Math.exp(-DEMO.rate(day) * years);
      assertThat(call.get(ObservationField.PRICE) - put.get(ObservationField.PRICE))
          .isCloseTo(worth, within(0.11));
      assertThat(List.of(call.side(), put.side())).containsExactly(Side.CALL, Side.PUT);
    }
  }

  @Test
  void generate_roundStrikes_gatherOpenInterest() {
    List<Observation> nearest =
        at("2026-03-11T13:37:42Z").lastEntry().getValue().firstEntry().getValue();
    Map<Double, Double> puts =
        nearest.subList(nearest.size() - 82, nearest.size()).stream()
            .filter(o -> o.side() == Side.PUT)
            .collect(Collectors.toMap(Observation::strike, o -> o.get(ObservationField.OI)));
    assertThat(puts.get(23_500.0))
        .isGreaterThan(puts.get(23_450.0))
        .isGreaterThan(puts.get(23_550.0));
  }

  @Test
  void ticks_nearTheEndOfAMinute_sayWhatTheMinuteOfTheSampleSays() {
    Instant now = Instant.parse("2026-01-14T12:30:00Z");
    long second = now.getEpochSecond() - 3;
    LocalDate day = LocalDate.of(2026, 1, 14);
    Objects.requireNonNull(DemoMarket.generate(DEMO, now, SEED).get(day))
        .forEach((expiry, observations) -> {
          Map<String, Observation> sample = new HashMap<>();
          observations.stream()
              .filter(o -> o.time() == second)
              .forEach(o -> sample.put(o.strike() + " " + o.side(), o));
          List<Observation> ticks =
              Objects.requireNonNull(DemoMarket.of(DEMO, day, SEED).get(expiry)).ticks(second);
          assertThat(ticks).hasSameSizeAs(sample.values());
          for (Observation tick : ticks) {
            Observation same =
                Objects.requireNonNull(sample.get(tick.strike() + " " + tick.side()));
            assertThat(tick.get(ObservationField.VOLUME_DAY))
                .isEqualTo(same.get(ObservationField.VOLUME_DAY));
            assertThat(tick.get(ObservationField.OI)).isEqualTo(same.get(ObservationField.OI));
            assertThat(tick.get(ObservationField.UNDERLYING))
                .isCloseTo(same.get(ObservationField.UNDERLYING), within(2.0));
          }
        });
  }

  @Test
  void ticks_ofAMinute_neverTakeVolumeBack() {
    long minute = Instant.parse("2026-01-14T12:30:00Z").getEpochSecond();
    DemoMarket market =
        DemoMarket.of(DEMO, LocalDate.of(2026, 1, 14), SEED).firstEntry().getValue();
    Map<String, Double> volumes = new HashMap<>();
    for (long second = minute; second < minute + 180; second++) {
      for (Observation tick : market.ticks(second)) {
        double volume = tick.get(ObservationField.VOLUME_DAY);
        Double before = volumes.put(tick.strike() + " " + tick.side(), volume);
        assertThat(volume).isGreaterThanOrEqualTo(before == null ? 0 : before);
      }
    }
    assertThat(volumes).isNotEmpty();
  }
}
