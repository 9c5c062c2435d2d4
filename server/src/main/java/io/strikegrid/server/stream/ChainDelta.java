package io.strikegrid.server.stream;

import io.strikegrid.engine.grid.AsOf;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.time.Timeframe;
import io.strikegrid.server.view.SideField;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The part of a {@link PageChange} that a query asks for. Whoever takes its cells into the strikes
 * that he has, newest bucket last, has the new chain, but for two kinds of strikes that are told as
 * a whole: those that he does not have, and those where a correction leaves something else than the
 * cells tell.
 *
 * @param change the whole of it
 * @param parts buckets with the strike numbers to tell, ascending
 * @param known strike numbers to be told as they stand now, with what is carried
 * @param gone strikes that are asked for no longer
 */
@SuppressWarnings("ArrayRecordComponent") // never changed, nor compared
record ChainDelta(PageChange change, List<Part> parts, int[] known, double[] gone) {

  /**
   * A bucket to tell.
   *
   * @param bucket what changed
   * @param strikes numbers of the strikes to tell
   */
  @SuppressWarnings("ArrayRecordComponent") // never changed, nor compared
  record Part(PageChange.Bucket bucket, int[] strikes) {}

  /** The part that a query asks for. */
  static ChainDelta of(PageChange change, StreamQuery query) {
    ChainPage after = change.after();
    long mask = query.mask();
    List<Part> parts = new ArrayList<>();
    for (PageChange.Bucket bucket : change.buckets()) {
      int[] strikes =
          IntStream.range(0, after.page().strikes())
              .filter(k -> bucket.hasChanged(k, mask) && after.isAsked(query, bucket.number(), k))
              .toArray();
      if (bucket.figures() || strikes.length > 0) {
        parts.add(new Part(bucket, strikes));
      }
    }
    int[] known =
        IntStream.range(0, after.page().strikes())
            .filter(k -> isToldWhole(change, query, mask, k))
            .toArray();
    return new ChainDelta(change, parts, known, gone(change, query));
  }

  private static boolean isToldWhole(PageChange change, StreamQuery query, long mask, int k) {
    ChainPage after = change.after();
    ChainPage before = change.before();
    if (!after.isAsked(query, after.newest(), k)) {
      return false;
    }
    int old = before.page().indexOf(after.page().strike(k));
    boolean wasAsked = old >= 0 && before.isAsked(query, before.newest(), old);
    boolean mayBeOtherwise =
        query.timeframe() != Timeframe.MIN1 // buckets do not tell what is known after a minute
            || change.isCorrected(k, mask)
            || isPassedOver(change, query, k);
    return !wasAsked || (mayBeOtherwise && standsOtherwise(change, query, old, k));
  }

  /** Whether a new bucket has the strike, but at a level that is not asked for. */
  private static boolean isPassedOver(PageChange change, StreamQuery query, int k) {
    ChainPage after = change.after();
    for (PageChange.Bucket bucket : change.buckets()) {
      int b = bucket.number();
      boolean isNew = b > change.before().newest();
      if (isNew && isObserved(after, b, k) && !after.isAsked(query, b, k)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isObserved(ChainPage page, int bucket, int k) {
    return page.page().isObserved(Side.CALL, bucket, k)
        || page.page().isObserved(Side.PUT, bucket, k);
  }

  /** Whether a strike stands otherwise than before. */
  private static boolean standsOtherwise(PageChange change, StreamQuery query, int old, int k) {
    AsOf then = change.before().known();
    AsOf now = change.after().known();
    int was = change.before().known(old);
    int is = change.after().known(k);
    if (was < 0 || is < 0) {
      return was != is;
    }
    for (Side side : Side.values()) {
      if (query.sides().has(side) && isOther(then, was, now, is, side, query)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOther(
      AsOf then, int was, AsOf now, int is, Side side, StreamQuery query) {
    for (AsOf.Part part : AsOf.Part.values()) {
      if (then.newestBar(side, part, was) != now.newestBar(side, part, is)) {
        return true;
      }
    }
    if (then.isFeedIv(side, was) != now.isFeedIv(side, is)) {
      return true;
    }
    for (SideField measure : query.measures()) {
      double before = then.at(side, measure.field(), was);
      double after = now.at(side, measure.field(), is);
      if (Double.compare(before, after) != 0) {
        return true;
      }
    }
    return query.timeframe() != Timeframe.MIN1
        && Double.compare(
                then.volume(query.timeframe(), side, was), now.volume(query.timeframe(), side, is))
            != 0;
  }

  private static double[] gone(PageChange change, StreamQuery query) {
    ChainPage before = change.before();
    ChainPage after = change.after();
    return IntStream.range(0, before.page().strikes())
        .filter(old -> before.isAsked(query, before.newest(), old))
        .mapToDouble(before.page()::strike)
        .filter(strike -> {
          int k = after.page().indexOf(strike);
          return k < 0 || !after.isAsked(query, after.newest(), k);
        })
        .toArray();
  }

  /** Whether there is nothing to tell. */
  boolean isEmpty() {
    return parts.isEmpty() && known.length == 0 && gone.length == 0;
  }

  /** Strikes to tell, over all buckets. */
  int cells() {
    return known.length + parts.stream().mapToInt(part -> part.strikes.length).sum();
  }
}
