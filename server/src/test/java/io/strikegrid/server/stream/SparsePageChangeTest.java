package io.strikegrid.server.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.strikegrid.engine.grid.GridField;
import io.strikegrid.engine.grid.GridPage;
import io.strikegrid.engine.grid.GridWriter;
import io.strikegrid.engine.grid.PageKey;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.time.Session;
import io.strikegrid.engine.time.Timeframe;
import io.strikegrid.server.pages.PageLoader;
import io.strikegrid.server.platform.market.MarketCatalog;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SparsePageChangeTest {

  private static final LocalDate DAY = LocalDate.of(2025, 4, 22);
  private static final int MINUTES = 400;
  private static final Underlying NIFTY =
      MarketCatalog.load(List.of()).find("NIFTY50").orElseThrow();

  private static void bar(GridWriter writer, Random random, int bucket, int strikes) {
    writer.open(bucket);
    int k = writer.strikeIndex(100 + 10 * random.nextInt(strikes));
    Side side = Side.values()[random.nextInt(2)];
    writer.observe(side, bucket, k);
    writer.set(side, GridField.OI, bucket, k, random.nextInt(3));
    writer.set(side, GridField.PRICE, bucket, k, random.nextInt(3));
    writer.set(side, GridField.IV, bucket, k, random.nextDouble());
  }

  private static ChainPage chain(GridPage page) {
    PageLoader.Loaded loaded = new PageLoader.Loaded(page, 1);
    return new ChainPage(NIFTY, loaded, loaded);
  }

  /** Each bucket that differs, with the fields that do, by looking at every cell. */
  private static Map<Integer, List<Long>> everyCell(GridPage old, GridPage page) {
    Map<Integer, List<Long>> changed = new TreeMap<>();
    for (int b = 0; b < page.buckets(); b++) {
      boolean had = b < old.buckets() && old.hasBar(b);
      if (had || page.hasBar(b)) {
        List<Long> cells = new ArrayList<>();
        for (int k = 0; k < page.strikes(); k++) {
          cells.add(had ? cell(old, page, b, k) : 0);
        }
        if (had != page.hasBar(b) || cells.stream().anyMatch(bits -> bits != 0)) {
          changed.put(b, had && page.hasBar(b) ? cells : List.of());
        }
      }
    }
    return changed;
  }

  private static long cell(GridPage old, GridPage page, int b, int k) {
    int was = old.indexOf(page.strike(k));
    long bits = 0;
    for (Side side : Side.values()) {
      for (GridField field : GridField.values()) {
        double then = was < 0 ? Double.NaN : old.at(side, field, b, was);
        if (Double.compare(then, page.at(side, field, b, k)) != 0) {
          bits |= 1L << (StreamQuery.bits(side) + field.ordinal());
        }
      }
      boolean seen = was >= 0 && old.isObserved(side, b, was);
      if (seen != page.isObserved(side, b, k)) {
        bits |= 1L << (StreamQuery.bits(side) + 31);
      }
    }
    return bits;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void between_sparsePages_findsWhatDiffersInEveryCell(int seed) {
    Random random = new Random(seed);
    PageKey key = new PageKey("NIFTY50", DAY, Timeframe.MIN1, DAY);
    GridWriter writer = new GridWriter(key, new Session(DAY, 0, MINUTES * 60L), new double[] {100});
    for (int b = 0; b < 200; b++) {
      bar(writer, random, b, 60);
    }
    GridPage old = random.nextBoolean() ? writer.publish() : writer.seal();
    for (int i = 0; i < 3; i++) {
      bar(writer, random, random.nextInt(200), 80);
    }
    bar(writer, random, 200, 60);
    GridPage page = writer.publish();
    Map<Integer, List<Long>> found = new TreeMap<>();
    for (PageChange.Bucket bucket : PageChange.between(chain(old), chain(page)).buckets()) {
      List<Long> cells = new ArrayList<>();
      for (long bits : bucket.cells()) {
        cells.add(bits);
      }
      found.put(bucket.number(), bucket.whole() ? List.of() : cells);
    }
    assertThat(page.isSparse()).as("seed %d", seed).isTrue();
    assertThat(found).as("seed %d", seed).isEqualTo(everyCell(old, page));
  }
}
