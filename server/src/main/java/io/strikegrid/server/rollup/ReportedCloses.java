package io.strikegrid.server.rollup;

import io.strikegrid.engine.market.Side;
import io.strikegrid.server.store.ContractDayStore;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The previous closes that live chains have reported of their newest day: a chain says the same
 * ones with every tick, and only what is new has to be written. A symbol's is used by its writer
 * alone, one at a time.
 */
final class ReportedCloses {

  private record Contract(LocalDate expiry, double strike, Side side) {}

  private record OfDay(LocalDate day, Map<Contract, Double> closes) {}

  private final Map<String, OfDay> symbols = new ConcurrentHashMap<>();

  /** Of the figures, those that say something else than before. */
  List<ContractDayStore.Row> fresh(
      String symbol, LocalDate day, List<ContractDayStore.Row> figures) {
    Map<Contract, Double> known = known(symbol, day);
    return figures.stream()
        .filter(f -> !Double.valueOf(f.previousCloseOi()).equals(known.get(contract(f))))
        .toList();
  }

  /** Remembers figures that were committed. */
  void keep(String symbol, LocalDate day, List<ContractDayStore.Row> figures) {
    Map<Contract, Double> known = known(symbol, day);
    figures.forEach(f -> known.put(contract(f), f.previousCloseOi()));
  }

  private Map<Contract, Double> known(String symbol, LocalDate day) {
    OfDay of =
        symbols.compute(
            symbol, (s, o) -> o != null && o.day.equals(day) ? o : new OfDay(day, new HashMap<>()));
    return of == null ? Map.of() : of.closes;
  }

  private static Contract contract(ContractDayStore.Row figure) {
    return new Contract(figure.expiry(), figure.strike(), figure.side());
  }
}
