package io.strikegrid.server.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.strikegrid.engine.grid.BucketField;
import io.strikegrid.engine.grid.GridField;
import io.strikegrid.engine.grid.GridPage;
import io.strikegrid.engine.market.Side;

/** The cells of two pages. */
public final class PageCells {

  private PageCells() {}

  /** Asserts that two pages hold the same, however they are packed. */
  public static void assertEqual(GridPage shown, GridPage stored, long seed) {
    assertThat(shown.buckets()).as("seed %d", seed).isEqualTo(stored.buckets());
    assertThat(shown.strikeArray()).as("seed %d", seed).isEqualTo(stored.strikeArray());
    for (int b = 0; b < stored.buckets(); b++) {
      for (BucketField field : BucketField.values()) {
        assertThat(shown.bucketValue(field, b))
            .as("%s of bucket %d, seed %d", field, b, seed)
            .isEqualTo(Double.valueOf(stored.bucketValue(field, b)));
      }
      for (int k = 0; k < stored.strikes(); k++) {
        for (Side side : Side.values()) {
          assertThat(shown.isObserved(side, b, k)).isEqualTo(stored.isObserved(side, b, k));
          for (GridField field : GridField.values()) {
            assertThat(shown.at(side, field, b, k))
                .as(
                    "%s %s of bucket %d, strike %s, seed %d",
                    side, field, b, stored.strike(k), seed)
                .isEqualTo(Double.valueOf(stored.at(side, field, b, k)));
          }
        }
      }
    }
  }
}
