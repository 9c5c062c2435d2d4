package io.strikegrid.server.rollup;

import io.strikegrid.engine.bar.BarBuilder;
import io.strikegrid.server.store.ContractDayStore;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

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

  /** Contract figures that came; asked for after the bars. */
  List<ContractDayStore.Row> figures() throws IOException;

  /** A source of contract figures alone. */
  static DaySource ofFigures(List<ContractDayStore.Row> figures) {
    return of(new TreeMap<>(), figures);
  }

  /** A source that holds everything already. */
  static DaySource of(
      NavigableMap<LocalDate, BarBuilder.Result> results, List<ContractDayStore.Row> figures) {
    NavigableSet<Long> minutes = new TreeSet<>();
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

      @Override
      public List<ContractDayStore.Row> figures() {
        return figures;
      }
    };
  }
}
