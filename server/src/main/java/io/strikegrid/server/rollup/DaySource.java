package io.strikegrid.server.rollup;

import io.strikegrid.engine.bar.BarTable;
import io.strikegrid.engine.day.IncomingDay;
import io.strikegrid.server.store.ContractDayStore;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** What comes in for one (symbol, trading day), with what it says of contracts as a whole. */
public interface DaySource extends IncomingDay {

  /** Contract figures that came; asked for after the bars. */
  List<ContractDayStore.Row> figures() throws IOException;

  /**
   * Told of rows that a commit adds or changes, before it is durable: of those that came, and of
   * later ones that follow from them.
   *
   * @param rows of the expiry
   */
  default void changes(LocalDate expiry, BarTable rows) {}

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
