package io.strikegrid.server.rollup;

import io.strikegrid.engine.bar.BarBuilder;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.NavigableSet;

/**
 * What comes in for one (symbol, trading day). Expiries are built one at a time, so that a large
 * day does not have to be in memory whole.
 */
public interface DaySource {

  /** Expiries that something came for, ascending. */
  NavigableSet<LocalDate> expiries();

  /** Minutes in which something came, ascending, epoch seconds UTC. */
  NavigableSet<Long> minutes();

  /** The bars of an expiry; may be asked for again, and answers the same. */
  BarBuilder.Result bars(LocalDate expiry) throws IOException;

  /** A source that holds everything already. */
  static DaySource of(java.util.NavigableMap<LocalDate, BarBuilder.Result> results) {
    NavigableSet<Long> minutes = new java.util.TreeSet<>();
    for (BarBuilder.Result result : List.copyOf(results.values())) {
      minutes.addAll(result.lastObservation().keySet());
    }
    return new DaySource() {
      @Override
      public NavigableSet<LocalDate> expiries() {
        return results.navigableKeySet();
      }

      @Override
      public NavigableSet<Long> minutes() {
        return minutes;
      }

      @Override
      public BarBuilder.Result bars(LocalDate expiry) {
        BarBuilder.Result result = results.get(expiry);
        if (result == null) {
          throw new IllegalArgumentException("no bars came for " + expiry);
        }
        return result;
      }
    };
  }
}
