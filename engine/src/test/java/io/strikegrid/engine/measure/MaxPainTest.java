package io.strikegrid.engine.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MaxPainTest {

  private static final double[] STRIKES = {90, 100, 110};
  private static final double UNKNOWN = Double.NaN;

  static IntStream seeds() {
    return IntStream.range(0, 500);
  }

  private static double[] oi(double... values) {
    return values;
  }

  private static double bruteForce(double[] strikes, double[] calls, double[] puts) {
    double best = Double.NaN;
    double least = Double.POSITIVE_INFINITY;
    for (double close : strikes) {
      double payout = 0;
      for (int i = 0; i < strikes.length; i++) {
        double call = Double.isNaN(calls[i]) ? 0 : calls[i];
        double put = Double.isNaN(puts[i]) ? 0 : puts[i];
        payout += Math.max(0, close - strikes[i]) * call + Math.max(0, strikes[i] - close) * put;
      }
      if (payout < least) {
        least = payout;
        best = close;
      }
    }
    return total(calls) > 0 && total(puts) > 0 ? best : Double.NaN;
  }

  private static double total(double[] values) {
    return DoubleStream.of(values).filter(v -> !Double.isNaN(v)).sum();
  }

  @Test
  void of_documentedExample_isTheMiddle() {
    assertThat(MaxPain.of(STRIKES, oi(5, 10, 100), oi(20, 10, 5))).isEqualTo(100);
  }

  @Test
  void of_oneSideAlone_isUnknown() {
    assertThat(MaxPain.of(STRIKES, oi(0, 10, 5), oi(0, 0, 0))).isNaN();
    assertThat(MaxPain.of(STRIKES, oi(0, 10, 5), oi(UNKNOWN, UNKNOWN, UNKNOWN))).isNaN();
    assertThat(MaxPain.of(STRIKES, oi(0, 0, 0), oi(5, 10, 0))).isNaN();
  }

  @Test
  void of_tie_isTheLowerStrike() {
    assertThat(MaxPain.of(STRIKES, oi(10, 0, 0), oi(0, 0, 10))).isEqualTo(90);
  }

  @Test
  void of_noOpenInterest_isUnknown() {
    assertThat(MaxPain.of(STRIKES, oi(0, UNKNOWN, 0), oi(UNKNOWN, 0, 0))).isNaN();
    assertThat(MaxPain.of(oi(), oi(), oi())).isNaN();
  }

  @Test
  void of_oneStrike_isThatOne() {
    assertThat(MaxPain.of(oi(100), oi(1), oi(3))).isEqualTo(100);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void of_randomChain_equalsBruteForce(int seed) {
    Random random = new Random(seed);
    int count = random.nextInt(1, 25);
    double[] strikes =
        DoubleStream.iterate(100, k -> k + random.nextInt(1, 4) * 5).limit(count).toArray();
    int most = random.nextBoolean() ? 4 : 100_000;
    DoubleSupplier value =
        () -> random.nextInt(5) == 0 ? UNKNOWN : random.nextInt(3) == 0 ? 0 : random.nextInt(most);
    double[] calls = DoubleStream.generate(value).limit(count).toArray();
    double[] puts = DoubleStream.generate(value).limit(count).toArray();
    assertThat(MaxPain.of(strikes, calls, puts))
        .as("seed %s", seed)
        .isEqualTo(Double.valueOf(bruteForce(strikes, calls, puts)));
  }
}
