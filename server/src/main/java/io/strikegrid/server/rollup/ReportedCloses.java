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

  private record Report(double close, long at) {}

  private record OfDay(LocalDate day, Map<Contract, Report> closes) {}

  private final Map<String, OfDay> symbols = new ConcurrentHashMap<>();

  /** Of the figures, those that say something else than before. */
  List<ContractDayStore.Row> fresh(
      String symbol, LocalDate day, List<ContractDayStore.Row> figures) {
    Map<Contract, Report> known = known(symbol, day);
    return figures.stream()
        .filter(f -> {
          Report before = known.get(contract(f));
          return before == null || before.close != f.previousCloseOi();
        })
        .toList();
  }

  /** Remembers figures that were committed. */
  void keep(String symbol, LocalDate day, List<ContractDayStore.Row> figures) {
    Map<Contract, Report> known = known(symbol, day);
    figures.forEach(f ->
        known.merge(
            contract(f),
            new Report(f.previousCloseOi(), f.reportedAt()),
            (old, now) -> now.at >= old.at ? now : old));
  }

  private Map<Contract, Report> known(String symbol, LocalDate day) {
    OfDay of =
        symbols.compute(
            symbol, (s, o) -> o != null && o.day.equals(day) ? o : new OfDay(day, new HashMap<>()));
    return of == null ? Map.of() : of.closes;
  }

  private static Contract contract(ContractDayStore.Row figure) {
    return new Contract(figure.expiry(), figure.strike(), figure.side());
  }
}
