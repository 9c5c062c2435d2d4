package io.strikegrid.server.ingest;

import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.time.Session;
import io.strikegrid.server.ingest.profile.FieldName;
import io.strikegrid.server.rollup.DayCommit;
import io.strikegrid.server.rollup.DaySource;
import io.strikegrid.server.store.ContractDayStore;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Rows of end-of-day files, by symbol and trading day, until they are committed. One thread. */
final class DayFigures {

  private record Key(String symbol, LocalDate day) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int bySymbol = symbol.compareTo(other.symbol);
      return bySymbol != 0 ? bySymbol : day.compareTo(other.day);
    }
  }

  private record Contract(LocalDate expiry, double strike, Side side) {}

  private final Map<Key, Map<Contract, ContractDayStore.Row>> rows = new TreeMap<>();
  private final Map<String, Underlying> underlyings = new TreeMap<>();

  /** Adds a row; the same one again changes nothing, another one of the same day is refused. */
  void add(ChainRow row) throws RefusedRow {
    Underlying underlying = row.underlying();
    underlyings.put(underlying.symbol(), underlying);
    Map<Contract, ContractDayStore.Row> ofDay =
        rows.computeIfAbsent(new Key(underlying.symbol(), row.day()), k -> new LinkedHashMap<>());
    for (Map.Entry<Side, double[]> side : row.sides().entrySet()) {
      Contract contract = new Contract(row.expiry(), row.strike(), side.getKey());
      ContractDayStore.Row figure = figure(row, side.getKey(), side.getValue());
      ContractDayStore.Row before = ofDay.putIfAbsent(contract, figure);
      if (before != null && !before.equals(figure)) {
        throw new RefusedRow(
            "second_row",
            "contract",
            "%s %s %s %s"
                .formatted(underlying.symbol(), row.expiry(), row.strike(), side.getKey().label()),
            "once a day in a file");
      }
    }
  }

  private static ContractDayStore.Row figure(ChainRow row, Side side, double[] values) {
    double oi = values[FieldName.OI.ordinal()];
    double change = values[FieldName.OI_CHANGE.ordinal()];
    boolean lastDay = row.expiry().equals(row.day());
    long close =
        row.underlying().calendar().session(row.day()).map(Session::close).orElse(row.time());
    return new ContractDayStore.Row(
        row.expiry(),
        row.strike(),
        side,
        lotSize(row, values),
        oi - change,
        oi,
        values[FieldName.PRICE.ordinal()],
        lastDay ? Double.NaN : values[FieldName.SETTLEMENT.ordinal()],
        values[FieldName.VOLUME_DAY.ordinal()],
        true,
        close);
  }

  /** The file's own figure, else units over lots traded, else instrument data. */
  private static double lotSize(ChainRow row, double[] values) {
    double given = values[FieldName.LOT_SIZE.ordinal()];
    double derived =
        values[FieldName.VOLUME_DAY.ordinal()] / values[FieldName.LOTS_TRADED.ordinal()];
    if (!Double.isNaN(given)) {
      return given;
    }
    if (derived > 0 && derived == Math.rint(derived) && !Double.isInfinite(derived)) {
      return derived;
    }
    OptionalInt known = row.underlying().lot(row.expiry(), row.day());
    return known.isPresent() ? known.getAsInt() : Double.NaN;
  }

  void commit(
      DayCommit commit, Provenance provenance, ImportReport report, ImportProgress progress) {
    int done = 0;
    Map<LocalDate, Long> contracts = new TreeMap<>();
    for (Map.Entry<Key, Map<Contract, ContractDayStore.Row>> entry : rows.entrySet()) {
      Key key = entry.getKey();
      Underlying underlying = underlyings.get(key.symbol());
      Optional<Session> session =
          underlying == null ? Optional.empty() : underlying.calendar().session(key.day());
      if (underlying == null || session.isEmpty()) {
        report.refuse(
            RowFate.CLOSED_DAY.label(),
            entry.getValue().size(),
            key.symbol() + " " + key.day() + " has no session");
        continue;
      }
      DayCommit.Outcome outcome =
          commit.commit(
              underlying,
              session.get(),
              provenance,
              DaySource.ofFigures(List.copyOf(entry.getValue().values())));
      if (outcome.mixed()) {
        report.refuseMixed(key.symbol() + " " + key.day(), entry.getValue().size());
        continue;
      }
      report.written(0, 0, outcome.contractDays());
      contracts.merge(key.day(), (long) entry.getValue().size(), Long::sum);
      progress.committed(key.symbol() + " " + key.day(), ++done, rows.size());
    }
    contracts.forEach(
        (day, count) -> report.day("%s: %,d contracts of the day".formatted(day, count)));
  }
}
