package io.strikegrid.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.strikegrid.engine.bar.Observation;
import io.strikegrid.engine.bar.ObservationField;
import io.strikegrid.engine.time.Session;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChainGeneratorTest {

  private static final LocalDate EXPIRY = LocalDate.of(2025, 4, 24);
  private static final Session SESSION =
      new Session(LocalDate.of(2025, 4, 22), 1_745_293_500, 1_745_316_000);
  private static final long SEED = 20_250_422;

  private static List<Observation> generate(long seed, ChainShape shape) {
    return new ChainGenerator(seed).observations(EXPIRY, SESSION, shape);
  }

  private static List<String> texts(List<Observation> observations) {
    return observations.stream()
        .map(o ->
            o.strike()
                + " "
                + o.side()
                + " "
                + o.time()
                + " "
                + o.polled()
                + " "
                + o.line()
                + " "
                + Arrays.toString(o.values()))
        .toList();
  }

  @Test
  void observations_sameSeed_areTheSame() {
    assertThat(texts(generate(SEED, ChainShape.messy(30))))
        .isEqualTo(texts(generate(SEED, ChainShape.messy(30))));
  }

  @Test
  void observations_askedForInBetween_areTheSame() {
    ChainGenerator generator = new ChainGenerator(SEED);
    List<Observation> first = generator.observations(EXPIRY, SESSION, ChainShape.clean(5));
    generator.observations(EXPIRY.plusWeeks(1), SESSION, ChainShape.clean(5));
    assertThat(texts(generator.observations(EXPIRY, SESSION, ChainShape.clean(5))))
        .isEqualTo(texts(first));
  }

  @Test
  void observations_otherSeedOrExpiry_differ() {
    List<String> one = texts(generate(SEED, ChainShape.clean(5)));
    List<Observation> other =
        new ChainGenerator(SEED).observations(EXPIRY.plusWeeks(1), SESSION, ChainShape.clean(5));
    assertThat(texts(generate(SEED + 1, ChainShape.clean(5)))).isNotEqualTo(one);
    assertThat(texts(other)).isNotEqualTo(one);
  }

  @Test
  void observations_clean_haveEveryContractOncePerMinuteInOrder() {
    List<Observation> all = generate(SEED, ChainShape.clean(375));
    assertThat(all).hasSize(375 * 11 * 2);
    assertThat(all).isSortedAccordingTo((a, b) -> Long.compare(a.time(), b.time()));
    assertThat(all).allMatch(o -> o.get(ObservationField.PRICE) > 0);
    assertThat(all).allMatch(o -> o.get(ObservationField.OI) % 75 == 0);
  }

  @Test
  void observations_clean_haveCumulativeVolumeThatNeverFalls() {
    Map<List<Object>, Double> last = new HashMap<>();
    for (Observation o : generate(SEED, ChainShape.clean(60))) {
      double volume = o.get(ObservationField.VOLUME_DAY);
      Double before = last.put(List.of(o.strike(), o.side()), volume);
      assertThat(volume).isGreaterThanOrEqualTo(before == null ? 0 : before);
    }
  }

  @Test
  void observations_beyondTheClose_areLeftOut() {
    List<Observation> all = generate(SEED, ChainShape.clean(60).from(370));
    assertThat(all).hasSize(5 * 11 * 2).allMatch(o -> SESSION.contains(o.time()));
  }

  @Test
  void observations_messy_haveEveryFault() {
    List<Observation> all = generate(SEED, ChainShape.messy(375));
    Map<List<Object>, Double> last = new HashMap<>();
    int dropouts = 0;
    int decreases = 0;
    int late = 0;
    int repeated = 0;
    int zeroOi = 0;
    int unknownOi = 0;
    Map<String, Integer> seen = new HashMap<>();
    for (Observation o : all) {
      double volume = o.get(ObservationField.VOLUME_DAY);
      Double before = last.put(List.of(o.strike(), o.side()), volume);
      dropouts += volume == 0 && before != null && before > 0 ? 1 : 0;
      decreases += volume > 0 && before != null && before > volume ? 1 : 0;
      late += o.polled() > o.time() ? 1 : 0;
      zeroOi += o.get(ObservationField.OI) == 0 ? 1 : 0;
      unknownOi += Double.isNaN(o.get(ObservationField.OI)) ? 1 : 0;
      String same = o.strike() + " " + o.side() + o.time() + Arrays.toString(o.values());
      repeated += seen.merge(same, 1, Integer::sum) > 1 ? 1 : 0;
    }
    assertThat(List.of(dropouts, decreases, late, zeroOi, unknownOi, repeated))
        .as("seed %d", SEED)
        .allMatch(count -> count > 0);
  }

  @Test
  void observations_withFractions_haveThem() {
    assertThat(generate(SEED, ChainShape.clean(2).withFractions()))
        .anyMatch(o -> o.get(ObservationField.OI) % 1 != 0);
  }

  @Test
  void withStrikes_belowZero_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ChainShape.clean(1).withStrikes(11, 50, 100))
        .withMessageContaining("lowest strike must be positive; have -150.0");
  }
}
