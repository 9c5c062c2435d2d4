package io.strikegrid.server.rollup;

import io.strikegrid.engine.bar.BarBuilder;
import io.strikegrid.engine.bar.BarTable;
import io.strikegrid.server.store.ContractDayStore;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
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

  /**
   * The bars of an expiry; may be asked for again, and answers the same.
   *
   * @param before what the store knows of the day
   */
  BarBuilder.Result bars(LocalDate expiry, BarBuilder.VolumeBefore before) throws IOException;

  /** Contract figures that came; asked for after the bars. */
  List<ContractDayStore.Row> figures() throws IOException;

  /**
   * Whether a side that came is made of all there is of it in its minute. Then it replaces what an
   * earlier commit of the same provenance made of less, also where a value is not known any more.
   */
  default boolean isWhole() {
    return false;
  }

  /**
   * Told of rows that a commit adds or changes, before it is durable: of those that came, and of
   * later ones that follow from them.
   *
   * @param bars of the expiry
   * @param rows of them
   */
  default void changes(LocalDate expiry, BarTable bars, int[] rows) {}

  /** A source of contract figures alone. */
  static DaySource ofFigures(List<ContractDayStore.Row> figures) {
    return new ObservedDay(Map.of(), true, 0) {
      @Override
      public List<ContractDayStore.Row> figures() {
        return figures;
      }
    };
  }
}
