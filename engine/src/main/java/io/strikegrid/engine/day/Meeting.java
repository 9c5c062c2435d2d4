package io.strikegrid.engine.day;

import io.strikegrid.engine.bar.BarBuilder;
import io.strikegrid.engine.bar.BarColumns;
import io.strikegrid.engine.bar.BarMerge;
import io.strikegrid.engine.bar.BarTable;
import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.engine.bar.UnderlyingSource;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.time.Timeframe;
import java.time.LocalDate;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What came of one expiry, put to what is known of the same minutes.
 *
 * @param known of the expiry, with its bars unless what came is after all of them
 * @param came bars as they came
 * @param minutes that differ from what is known, merged, before anything is derived; ours alone,
 *     without a row where nothing is left of the minute
 * @param under sides of other bars that those of some minutes now lie over
 * @param observed by minute, event time of its last observation, of whatever is left of it
 */
record Meeting(
    ExpiryDay known,
    BarTable came,
    NavigableMap<Long, BarTable> minutes,
    Map<Long, BarTable> under,
    Map<Long, Long> observed) {

  /** Nothing came. */
  static Meeting nothing(ExpiryDay known) {
    return new Meeting(known, new BarTable(0), new TreeMap<>(), Map.of(), Map.of());
  }

  /** Event time of the last observation of a minute that has bars, epoch seconds UTC. */
  long observedAt(long minute) {
    return observed.getOrDefault(minute, known.observedAt(minute));
  }

  /** Bytes that it holds in memory, about. */
  long bytes() {
    long rows = came.rows() + minutes.values().stream().mapToLong(BarTable::rows).sum();
    return known.bytes() + rows * BarTable.bytesOfRow();
  }

  /**
   * Puts what came to what is known.
   *
   * @param built bars of what came
   * @param known of the expiry at its end
   * @param provenance where what came is from
   * @param isWhole see {@link IncomingDay#isWhole()}
   */
  static Meeting of(
      KnownDay day,
      LocalDate expiry,
      BarBuilder.Result built,
      ExpiryDay known,
      Provenance provenance,
      boolean isWhole) {
    DayBars came = DayBars.of(built.bars());
    TreeSet<Long> touched = new TreeSet<>(came.minutes().keySet());
    if (isWhole) {
      built.dropouts().forEach(o -> touched.add(Timeframe.MIN1.floor(o.time())));
    }
    if (touched.isEmpty()) {
      return nothing(known);
    }
    boolean isAppended = touched.first() > known.newestMinute();
    ExpiryDay before = isAppended || known.isWhole() ? known : day.whole(expiry);
    TreeMap<Long, BarTable> minutes = new TreeMap<>();
    TreeMap<Long, BarTable> under = new TreeMap<>();
    Map<Long, Long> observed = new TreeMap<>();
    for (long minute : touched) {
      BarTable stored = orNone(isAppended ? null : before.bar(minute));
      BarTable comes = orNone(came.at(minute));
      BarTable merged;
      if (isWhole) {
        BarTable below = orNone(isAppended ? null : before.under(minute));
        BarMerge.Remade remade = BarMerge.remake(stored, below, comes, provenance);
        merged = remade.bars();
        if (!remade.under().sameValues(below)) {
          under.put(minute, remade.under());
        }
      } else {
        merged = BarMerge.merge(stored, comes, provenance);
      }
      long seen = built.lastObservation().getOrDefault(minute, Long.MIN_VALUE);
      boolean isOurs = isWhole && isAllOf(merged, provenance);
      boolean isAlone = stored.rows() == 0 || isOurs;
      boolean isNewer = isWhole || isAlone || seen > before.observedAt(minute);
      shareUnderlying(merged, quoted(stored, provenance), quoted(comes), isNewer);
      if (!merged.sameValues(stored)) {
        minutes.put(minute, merged);
        observed.put(minute, isAlone ? seen : Math.max(seen, before.observedAt(minute)));
      }
    }
    return new Meeting(before, built.bars(), minutes, under, observed);
  }

  private static boolean isAllOf(BarTable bars, Provenance provenance) {
    for (int row = 0; row < bars.rows(); row++) {
      for (Side side : Side.values()) {
        if (bars.isObserved(row, side) && bars.provenance(row, side) != provenance.code()) {
          return false;
        }
      }
    }
    return true;
  }

  private static BarTable orNone(@Nullable BarTable bars) {
    return bars == null ? new BarTable(0) : bars;
  }

  /**
   * All rows of a minute have the same quoted underlying, whichever contract it came with.
   *
   * @param known what nothing that came may replace, or the highest that is known; NaN without one
   * @param isNewer whether what came was observed last; otherwise the higher one is taken
   */
  private static void shareUnderlying(BarTable merged, Quoted known, double came, boolean isNewer) {
    double price = known.price;
    if (!known.stays && !Double.isNaN(came)) {
      price = isNewer || !(known.price > came) ? came : known.price;
    }
    for (int row = 0; row < merged.rows() && !Double.isNaN(price); row++) {
      merged.setUnderlying(row, price, UnderlyingSource.QUOTED);
    }
  }

  private record Quoted(double price, boolean stays) {}

  /** What a live feed quoted stays whatever an import says. */
  private static Quoted quoted(BarTable stored, Provenance comes) {
    double live = Double.NaN;
    for (int row = 0; row < stored.rows(); row++) {
      boolean isLive =
          stored.provenance(row, Side.CALL) == Provenance.LIVE.code()
              || stored.provenance(row, Side.PUT) == Provenance.LIVE.code();
      if (isLive && comes != Provenance.LIVE && stored.isQuoted(row)) {
        live = higher(live, stored.get(row, BarColumns.UNDERLYING_LAST));
      }
    }
    return Double.isNaN(live) ? new Quoted(quoted(stored), false) : new Quoted(live, true);
  }

  /** The highest quoted underlying of bars; NaN where none is. */
  private static double quoted(BarTable bars) {
    double price = Double.NaN;
    for (int row = 0; row < bars.rows(); row++) {
      if (bars.isQuoted(row)) {
        price = higher(price, bars.get(row, BarColumns.UNDERLYING_LAST));
      }
    }
    return price;
  }

  private static double higher(double one, double other) {
    return one > other ? one : other;
  }
}
