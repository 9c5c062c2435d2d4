package io.strikegrid.server.rollup;

import io.strikegrid.engine.bar.BarTable;
import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.engine.day.ExpiryDay;
import io.strikegrid.engine.day.ExpiryPlan;
import io.strikegrid.engine.grid.PageKey;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.measure.MinuteMetrics;
import io.strikegrid.engine.pricing.IvReason;
import io.strikegrid.engine.time.Session;
import io.strikegrid.engine.time.Timeframe;
import io.strikegrid.server.store.BarStore;
import io.strikegrid.server.store.GenerationStore;
import io.strikegrid.server.store.InstrumentStore;
import io.strikegrid.server.store.MetricsStore;
import io.strikegrid.server.store.ReportedVolumeStore;
import io.strikegrid.server.store.UnderLiveStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Writes what is planned of a trading day, expiry by expiry, within a transaction that somebody
 * else commits. It decides no number. One thread.
 */
final class PlanWriter {

  private final Connection connection;
  private final Underlying underlying;
  private final Session session;
  private final Collection<LocalDate> there;
  private final Rollups rollups;
  private final boolean goesOn;
  private final Map<LocalDate, BarTable> appended = new TreeMap<>();
  private final Set<LocalDate> rewritten = new TreeSet<>();
  private final Map<LocalDate, BarTable> newest = new TreeMap<>();
  private final Map<Timeframe, Map<LocalDate, List<MinuteMetrics>>> metrics =
      new EnumMap<>(Timeframe.class);
  private final Map<PageKey, ExpiryDay> after = new LinkedHashMap<>();
  private final Map<IvReason, Long> unsolved = new EnumMap<>(IvReason.class);
  private long written;
  private long unchanged;
  private boolean hasChanged;

  /**
   * A writer.
   *
   * @param provenance of what is written: where more of it is expected soon, what is known then is
   *     kept for it; else each expiry is written at once and let go
   * @param there expiries that the day has bars of
   * @param rollups takes what changes
   */
  PlanWriter(
      Connection connection,
      Underlying underlying,
      Session session,
      Provenance provenance,
      Collection<LocalDate> there,
      Rollups rollups) {
    this.connection = connection;
    this.underlying = underlying;
    this.session = session;
    this.there = there;
    this.rollups = rollups;
    this.goesOn = provenance == Provenance.LIVE || provenance == Provenance.SIMULATED;
  }

  /** Writes one expiry. */
  void write(ExpiryPlan plan) throws SQLException {
    unchanged += plan.unchanged();
    plan.unsolved().forEach((reason, count) -> unsolved.merge(reason, count, Long::sum));
    if (!plan.hasChanges()) {
      return;
    }
    hasChanged = true;
    LocalDate expiry = plan.expiry();
    written += plan.rows().rows();
    if (!plan.isAppended()) {
      rewrite(plan);
    } else if (goesOn) {
      appended.put(expiry, plan.rows());
    } else {
      rewritten.add(expiry);
      BarStore.insert(connection, underlying.symbol(), Map.of(expiry, plan.rows()));
    }
    if (!there.contains(expiry)) {
      GenerationStore.addExpiry(connection, underlying.symbol(), session.day(), expiry);
    }
    noteInstruments(plan);
    newest.put(expiry, plan.newest());
    plan.metrics()
        .forEach((timeframe, rows) ->
            metrics.computeIfAbsent(timeframe, t -> new TreeMap<>()).put(expiry, rows));
    rollups.add(plan);
    String symbol = underlying.symbol();
    UnderLiveStore.write(connection, symbol, expiry, plan.under());
    ReportedVolumeStore.write(connection, symbol, session.day(), expiry, plan.reported());
    if (goesOn) {
      after.put(new PageKey(symbol, expiry, Timeframe.MIN1, session.day()), plan.after());
    }
  }

  private void rewrite(ExpiryPlan plan) throws SQLException {
    String symbol = underlying.symbol();
    LocalDate expiry = plan.expiry();
    rewritten.add(expiry);
    for (Map.Entry<Timeframe, List<Long>> gone : plan.removed().metrics().entrySet()) {
      MetricsStore.remove(connection, gone.getKey(), symbol, expiry, gone.getValue());
    }
    List<ExpiryPlan.Key> removed = plan.removed().of(Timeframe.MIN1);
    BarStore.remove(connection, Timeframe.MIN1, symbol, expiry, removed);
    BarStore.upsert(connection, Timeframe.MIN1, symbol, Map.of(expiry, plan.rows()));
  }

  private void noteInstruments(ExpiryPlan plan) throws SQLException {
    if (!plan.firstSeen().isEmpty()) {
      List<Double> strikes = plan.firstSeen().stream().map(ExpiryPlan.Contract::strike).toList();
      List<Side> sides = plan.firstSeen().stream().map(ExpiryPlan.Contract::side).toList();
      InstrumentStore.seen(connection, underlying, plan.expiry(), strikes, sides, session.day());
    }
  }

  /** Writes what goes by all expiries at once: new rows, newest rows, metrics and roll-ups. */
  void finish(long now) throws SQLException {
    if (!hasChanged) {
      return;
    }
    String symbol = underlying.symbol();
    if (!appended.isEmpty()) {
      BarStore.insert(connection, symbol, appended);
    }
    BarStore.writeLatest(connection, symbol, newest, now);
    for (Map.Entry<Timeframe, Map<LocalDate, List<MinuteMetrics>>> rows : metrics.entrySet()) {
      MetricsStore.write(connection, rows.getKey(), symbol, rows.getValue());
    }
    rollups.write();
  }

  /** The days as they are known once this is committed, for the next commit. */
  Map<PageKey, ExpiryDay> open() {
    return after;
  }

  /** What was written, for who knows the day before it. */
  DayChange change(GenerationStore.Row row) {
    Map<LocalDate, List<MinuteMetrics>> ofMinutes = metrics.getOrDefault(Timeframe.MIN1, Map.of());
    Map<LocalDate, DayChange.Minutes> minutes = new TreeMap<>();
    appended.forEach((expiry, bars) ->
        minutes.put(
            expiry, new DayChange.Minutes(bars, ofMinutes.getOrDefault(expiry, List.of()))));
    return new DayChange(row, session, minutes, rewritten);
  }

  long written() {
    return written;
  }

  long unchanged() {
    return unchanged;
  }

  /** Sides of the priced rows without a volatility, by reason. */
  Map<IvReason, Long> unsolved() {
    return unsolved;
  }

  boolean hasChanged() {
    return hasChanged;
  }
}
