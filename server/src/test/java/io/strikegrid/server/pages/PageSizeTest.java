package io.strikegrid.server.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.strikegrid.engine.grid.BucketField;
import io.strikegrid.engine.grid.GridField;
import io.strikegrid.engine.grid.GridPage;
import io.strikegrid.engine.grid.GridWriter;
import io.strikegrid.engine.grid.PageKey;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.time.Session;
import io.strikegrid.engine.time.Timeframe;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bound of a page that is not loaded yet, for whatever pattern of bars. */
final class PageSizeTest {

  private static final LocalDate DAY = LocalDate.of(2025, 4, 22);
  private static final int BUCKETS = 600;

  private static double value(GridField field, Random random) {
    return field.isExact() && random.nextBoolean() ? random.nextInt(1000) : random.nextDouble();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void ofLoad_randomBars_isAtLeastWhatThePageTakes(int seed) {
    Random random = new Random(seed);
    int strikes = 1 + random.nextInt(60);
    double density = Math.pow(random.nextDouble(), 2);
    double[] all = random.doubles(strikes, 1, 1e6).distinct().sorted().toArray();
    PageKey key = new PageKey("BTC", DAY, Timeframe.MIN1, DAY);
    GridWriter writer = new GridWriter(key, new Session(DAY, 0, BUCKETS * 60L), new double[0]);
    Set<Integer> contracts = new HashSet<>();
    long filled = 0;
    for (int b = 0; b < BUCKETS; b++) {
      for (int k = 0; k < all.length; k++) {
        for (Side side : Side.values()) {
          if (random.nextDouble() < density) {
            writer.open(b);
            int number = writer.strikeIndex(all[k]);
            writer.observe(side, b, number);
            for (GridField field : GridField.values()) {
              writer.set(side, field, b, number, value(field, random));
            }
            for (BucketField field : BucketField.values()) {
              writer.set(field, b, random.nextDouble());
            }
            contracts.add(2 * k + side.ordinal());
            filled++;
          }
        }
      }
    }
    GridPage page = writer.seal();
    PageSize size = PageSize.ofLoad(filled, contracts.size(), BUCKETS);
    assertThat(page.bytes()).as("seed %d", seed).isLessThanOrEqualTo(size.pageBytes());
  }

  @Test
  void ofLoad_fewBarsOfManyStrikes_isSmall() {
    assertThat(PageSize.ofLoad(2_000, 2_000, 1_440).pageBytes()).isLessThan(2_000_000);
  }

  @Test
  void ofLoad_nothing_isAlmostNothing() {
    assertThat(PageSize.ofLoad(0, 0, 375).pageBytes()).isLessThan(100_000);
  }
}
