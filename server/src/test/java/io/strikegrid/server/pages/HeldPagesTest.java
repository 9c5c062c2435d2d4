package io.strikegrid.server.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.strikegrid.engine.grid.GridPage;
import io.strikegrid.engine.grid.GridWriter;
import io.strikegrid.engine.grid.PageKey;
import io.strikegrid.engine.time.Session;
import io.strikegrid.engine.time.Timeframe;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

final class HeldPagesTest {

  private static final LocalDate DAY = LocalDate.of(2025, 4, 22);

  private final Admission admission = new Admission(1 << 20);
  private final HeldPages held = new HeldPages(admission);
  private final GridPage page =
      new GridWriter(
              new PageKey("NIFTY50", DAY, Timeframe.MIN1, DAY),
              new Session(DAY, 0, 600),
              new double[] {100})
          .publish();

  @Test
  void hold_pageInTheCache_countsNothing() {
    held.hold(page);
    assertThat(admission.used()).isZero();
  }

  @Test
  void gone_pageThatIsHeld_countsUntilTheLastLetsItGo() {
    held.hold(page);
    held.hold(page);
    held.gone(page);
    held.gone(page);
    assertThat(admission.used()).isEqualTo(page.bytes());
    held.letGo(page);
    assertThat(admission.used()).isEqualTo(page.bytes());
    held.letGo(page);
    assertThat(admission.used()).isZero();
  }

  @Test
  void gone_pageThatNobodyHolds_countsNothing() {
    held.gone(page);
    held.hold(page);
    held.letGo(page);
    assertThat(admission.used()).isZero();
  }
}
