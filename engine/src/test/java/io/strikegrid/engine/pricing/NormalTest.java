package io.strikegrid.engine.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables were computed with 60 digits by mpmath 1.4.1. */
class NormalTest {

  private static final double RELATIVE_TOLERANCE = 1e-15;
  private static final double FAR_TAIL_TOLERANCE = 1e-14;
  private static final double STEP = 1e-5;
  private static final double DIFFERENCE_TOLERANCE = 1e-9;

  @ParameterizedTest
  @CsvSource({
    "-20.0,2.7536241186062337e-89",
    "-8.3,5.205569744890254e-17",
    "-5.7,5.990371401063528e-09",
    "-3.0,0.0013498980316300946",
    "-1.0,0.15865525393145705",
    "-0.66,0.25462691467133614",
    "-0.1,0.460172162722971",
    "-1e-09,0.49999999960105773",
    "0.0,0.5",
    "0.3,0.6179114221889527",
    "1.0,0.8413447460685429",
    "2.5,0.9937903346742238",
    "6.0,0.9999999990134123"
  })
  void cdf_table_isMet(double x, double expected) {
    assertThat(Normal.cdf(x)).isCloseTo(expected, within(expected * RELATIVE_TOLERANCE));
  }

  @Test
  void cdf_farTail_keepsItsDigits() {
    double expected = 4.605353009581955e-308;
    assertThat(Normal.cdf(-37.5)).isCloseTo(expected, within(expected * FAR_TAIL_TOLERANCE));
  }

  @ParameterizedTest
  @CsvSource({"-Infinity,0", "-100,0", "100,1", "Infinity,1", "NaN,NaN"})
  void cdf_limit_isMet(double x, Double expected) {
    assertThat(Normal.cdf(x)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "-5.0,144009798674.66104",
    "-1.0,5.008980080762283",
    "-0.4,1.676233956688859",
    "-1e-08,1.0000000112837917",
    "0.0,1.0",
    "0.1,0.8964569799691267",
    "0.46875,0.6320696892495561",
    "0.5,0.6156903441929259",
    "1.0,0.427583576155807",
    "3.0,0.17900115118138996",
    "4.0,0.13699945762506138",
    "4.5,0.12248480427384142",
    "10.0,0.05614099274382259",
    "100000.0,5.6418958351954685e-06",
    "1e+160,5.641895835477563e-161"
  })
  void erfcx_table_isMet(double x, double expected) {
    assertThat(Normal.erfcx(x)).isCloseTo(expected, within(expected * RELATIVE_TOLERANCE));
  }

  @ParameterizedTest
  @CsvSource({
    "1e-300,-37.0470962993612",
    "1e-100,-21.273453560965326",
    "1e-20,-9.262340089798407",
    "1e-10,-6.361340902404057",
    "0.001,-3.0902323061678136",
    "0.0749,-1.4402382675279637",
    "0.0751,-1.43882539275254",
    "0.3,-0.5244005127080408",
    "0.5,0",
    "0.9,1.2815515655446006",
    "0.99,2.3263478740408408",
    "0.999999,4.753424308817087"
  })
  void inverseCdf_table_isMet(double p, double expected) {
    assertThat(Normal.inverseCdf(p))
        .isCloseTo(expected, within(Math.abs(expected) * RELATIVE_TOLERANCE));
  }

  @ParameterizedTest
  @CsvSource({"0,-Infinity", "1,Infinity", "-0.1,NaN", "1.1,NaN", "NaN,NaN"})
  void inverseCdf_limit_isMet(double p, Double expected) {
    assertThat(Normal.inverseCdf(p)).isEqualTo(expected);
  }

  @Test
  void cdf_bothTails_addUpToOne() {
    Random random = new Random(11);
    for (int i = 0; i < 10_000; i++) {
      double x = 6 * random.nextGaussian();
      assertThat(Normal.cdf(x) + Normal.cdf(-x)).isCloseTo(1, within(RELATIVE_TOLERANCE));
    }
  }

  @Test
  void cdf_risingArgument_rises() {
    double before = 0;
    for (double x = -37; x <= 7; x += 0.001) {
      double p = Normal.cdf(x);
      assertThat(p).as("at %s", x).isGreaterThan(before);
      before = p;
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {-4, -1, -0.3, 0, 0.662, 0.663, 2})
  void density_isTheSlopeOfTheCdf(double x) {
    double slope = (Normal.cdf(x + STEP) - Normal.cdf(x - STEP)) / (2 * STEP);
    assertThat(Normal.density(x)).isCloseTo(slope, within(DIFFERENCE_TOLERANCE));
  }
}
