package io.strikegrid.engine.bar;

import static io.strikegrid.engine.bar.ObservationField.BID;
import static io.strikegrid.engine.bar.ObservationField.OI;
import static io.strikegrid.engine.bar.ObservationField.OI_CHANGE;
import static io.strikegrid.engine.bar.ObservationField.VOLUME_DAY;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DayReportTest {

  @Test
  void build_afterTheClose_makesAReportAndNoBar() {
    BarBuilder.Result result = Seen.build(Seen.afterClose(0).with(OI, 3));
    assertThat(result.bars().rows()).isZero();
    assertThat(result.lastObservation()).isEmpty();
    assertThat(result.reports()).hasSize(1);
  }

  @Test
  void build_lastSecondOfTheSession_makesABar() {
    assertThat(Seen.build(Seen.afterClose(-1).with(OI, 3)).bars().rows()).isEqualTo(1);
  }

  @Test
  void build_severalChangesInOi_reportsTheNewest() {
    BarBuilder.Result result =
        Seen.build(
            Seen.at(5, 0).with(OI, 60).with(OI_CHANGE, 10),
            Seen.at(3, 0).with(OI, 55).with(OI_CHANGE, 5),
            Seen.at(9, 0).with(OI, 70));
    assertThat(result.reports()).hasSize(1);
    assertThat(result.reports().getFirst().time()).isEqualTo(Seen.minute(5));
  }

  @Test
  void build_changeInOi_isReportedForEachContract() {
    BarBuilder.Result result =
        Seen.build(
            Seen.at(0, 0).with(OI, 60).with(OI_CHANGE, 10),
            Seen.at(0, 0).put().with(OI, 60).with(OI_CHANGE, 10),
            Seen.at(0, 0).strike(110).with(OI, 60).with(OI_CHANGE, 10));
    assertThat(result.reports()).hasSize(3);
  }

  @Test
  void build_changeInADropout_isNotReported() {
    BarBuilder.Result result =
        Seen.build(
            Seen.at(0, 0).with(VOLUME_DAY, 5).with(OI, 60).with(OI_CHANGE, 10),
            Seen.at(1, 0).with(VOLUME_DAY, 0).with(OI, 0).with(OI_CHANGE, 0),
            Seen.afterClose(60).with(VOLUME_DAY, 0).with(OI, 0).with(OI_CHANGE, 0));
    assertThat(result.reports()).hasSize(1);
    assertThat(result.reports().getFirst().get(OI)).isEqualTo(60);
  }

  @ParameterizedTest
  @CsvSource({"80,50", "50,50", "0,50"})
  void build_afterTheCloseWithoutAChange_keepsThePreviousClose(double oi, double previousClose) {
    BarBuilder.Result result =
        Seen.build(Seen.at(3, 0).with(OI, 60).with(OI_CHANGE, 10), Seen.afterClose(9).with(OI, oi));
    Observation report = result.reports().getFirst();
    assertThat(result.reports()).hasSize(1);
    assertThat(report.get(OI)).isEqualTo(oi);
    assertThat(report.get(OI) - report.get(OI_CHANGE)).isEqualTo(previousClose);
  }

  @Test
  void build_afterTheCloseWithoutOi_keepsTheReportBefore() {
    BarBuilder.Result result =
        Seen.build(Seen.at(3, 0).with(OI, 60).with(OI_CHANGE, 10), Seen.afterClose(9).with(BID, 1));
    assertThat(result.reports().getFirst().time()).isEqualTo(Seen.minute(3));
  }
}
