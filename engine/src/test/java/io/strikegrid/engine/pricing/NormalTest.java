package io.strikegrid.engine.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalTest {

  private static final double RELATIVE = 2e-15;

  @ParameterizedTest
  @CsvSource({
    "-20, 2.7536241186062336951e-89, 0.049875925981836783658",
    "-8.5, 9.4795348222033183542e-18, 0.11608206338598229034",
    "-3, 0.0013498980316300945267, 0.30459029871010329573",
    "-1.25, 0.10564977366685525769, 0.57843034604763107663",
    "-0.66, 0.25462691467133614761, 0.79356696417189548956",
    "-0.1, 0.46017216272297101853, 1.1592623996187363287",
    "0, 0.5, 1.2533141373155002512",
    "0.4, 0.65542174161032416674, 1.7797308819837804627",
    "2, 0.9772498680518207928, 18.100247711126152662",
    "6, 0.99999999901341235496, 164585134.98865386072"
  })
  void cumulativeAndMillsRatio_of50DigitReferences_agreeToRounding(
      double x, double cumulative, double ratio) {
    double far = Math.max(1, x * x);
    assertThat(Normal.cumulative(x) / cumulative).isEqualTo(1, within(RELATIVE * far));
    assertThat(Normal.millsRatio(x) / ratio).isEqualTo(1, within(RELATIVE * far));
  }

  @Test
  void cumulative_ofTheWholeLine_risesFromZeroToOne() {
    double before = 0;
    for (double x = -45; x < 45; x += 0.01) {
      double now = Normal.cumulative(x);
      assertThat(now).isBetween(before, 1.0);
      before = now;
    }
    assertThat(Normal.cumulative(Double.NEGATIVE_INFINITY)).isZero();
    assertThat(Normal.cumulative(Double.POSITIVE_INFINITY)).isEqualTo(1);
  }
}
