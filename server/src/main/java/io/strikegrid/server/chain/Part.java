package io.strikegrid.server.chain;

import io.strikegrid.engine.grid.GridPage;
import io.strikegrid.engine.grid.PageKey;
import io.strikegrid.server.view.Gap;
import java.util.BitSet;
import java.util.OptionalLong;

/**
 * What is known of a page after it was let go, and which of its buckets a range has.
 *
 * @param key of the page
 * @param generation that it was read at
 * @param provenances as the page has them
 * @param gap distance of its strikes
 * @param provisionalFrom start of its first bucket that was not committed yet; empty where there is
 *     none
 * @param sequence of what was not committed
 * @param low first bucket that the range has of the session
 * @param end after the last one that the page has of these; {@code low} where it has none
 * @param bars which buckets of them have a bar, counted from {@code low}
 */
record Part(
    PageKey key,
    long generation,
    int provenances,
    Gap gap,
    OptionalLong provisionalFrom,
    long sequence,
    int low,
    int end,
    BitSet bars) {

  /** Of the buckets {@code [low, high)} of a page. */
  static Part of(ChainSource.Bars bars, int low, int high) {
    GridPage page = bars.page();
    int end = Math.max(low, Math.min(high, page.buckets()));
    BitSet has = new BitSet(end - low);
    for (int b = low; b < end; b++) {
      if (page.hasBar(b)) {
        has.set(b - low);
      }
    }
    return new Part(
        page.key(),
        bars.generation(),
        page.provenances(),
        bars.gap(),
        bars.running().isPresent()
            ? OptionalLong.of(page.bucketStart(bars.running().get().first()))
            : OptionalLong.empty(),
        bars.running().map(now -> now.sequence()).orElse(0L),
        low,
        end,
        has);
  }

  /** Whether a bucket has a bar. */
  boolean hasBar(int bucket) {
    return bucket >= low && bars.get(bucket - low);
  }

  /** Whether any bucket has a bar. */
  boolean hasBars() {
    return !bars.isEmpty();
  }

  /** The first bucket with a bar. */
  int first() {
    return low + bars.nextSetBit(0);
  }

  /** After the last bucket with a bar. */
  int last() {
    return low + bars.length();
  }

  /** Whether it is of the same state of a page as another. */
  boolean isSame(Part other) {
    return key.equals(other.key)
        && generation == other.generation
        && sequence == other.sequence
        && provisionalFrom.equals(other.provisionalFrom)
        && bars.equals(other.bars);
  }
}
