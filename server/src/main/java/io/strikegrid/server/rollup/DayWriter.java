package io.strikegrid.server.rollup;

import io.strikegrid.engine.bar.BarBuilder;
import io.strikegrid.engine.bar.BarMerge;
import io.strikegrid.engine.bar.BarTable;
import io.strikegrid.engine.bar.DayVolumes;
import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.engine.grid.BarPages;
import io.strikegrid.engine.grid.GridPage;
import io.strikegrid.engine.grid.PageKey;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.measure.MinuteMetrics;
import io.strikegrid.engine.time.Session;
import io.strikegrid.engine.time.Timeframe;
import io.strikegrid.server.store.BarStore;
import io.strikegrid.server.store.GenerationStore;
import io.strikegrid.server.store.InstrumentStore;
import io.strikegrid.server.store.MetricsStore;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes the bars of one trading day, expiry by expiry, within a transaction that somebody else
 * commits. One thread.
 */
final class DayWriter {

  private final Connection connection;
  private final Underlying underlying;
  private final Session session;
  private final Provenance provenance;
  private final InstantSource clock;
  private @Nullable DaySource source;
  private @Nullable StandIn standIn;
  private long symbolFirst;
  private long written;
  private long unchanged;
  private int metricsChanged;
  private final Rollups rollups;

  DayWriter(
      Connection connection,
      Underlying underlying,
      Session session,
      Provenance provenance,
      InstantSource clock) {
    this.connection = connection;
    this.underlying = underlying;
    this.session = session;
    this.provenance = provenance;
    this.clock = clock;
    this.rollups = new Rollups(connection, underlying.symbol(), session);
  }

  /** Says what comes, and in which minute the symbol was first observed that day. */
  void start(DaySource comes, long first) throws IOException {
    source = comes;
    standIn = StandIn.of(comes, underlying, session);
    symbolFirst = first;
  }

  /** Writes one expiry. */
  void write(LocalDate expiry, boolean isStored) throws SQLException, IOException {
    String symbol = underlying.symbol();
    BarTable incoming = new BarTable();
    TreeMap<Long, Long> observed =
        isStored ? MetricsStore.observedAt(connection, symbol, expiry, session) : new TreeMap<>();
    if (source != null && standIn != null && source.expiries().contains(expiry)) {
      BarBuilder.Result result = source.bars(expiry);
      incoming = result.bars();
      standIn.apply(incoming);
      result.lastObservation().forEach((minute, seen) -> observed.merge(minute, seen, Math::max));
    }
    BarTable stored =
        isStored
            ? BarStore.read(connection, Timeframe.MIN1, symbol, expiry, session)
            : new BarTable();
    BarTable merged = BarMerge.merge(stored, incoming, provenance);
    DayVolumes.derive(merged, symbolFirst, session.open());
    double gap = BarMerging.gap(underlying, merged);
    BarMerging.setLevels(merged, gap);
    int[] changed = BarMerging.changed(stored, merged);
    unchanged += Math.max(0, incoming.rows() - changed.length);
    if (changed.length == 0) {
      return;
    }
    written += changed.length;
    BarStore.write(connection, symbol, expiry, merged, changed, !isStored);
    int[] newest = BarMerging.newest(merged, changed);
    if (newest.length > 0) {
      BarStore.writeLatest(
          connection, symbol, expiry, merged, newest, clock.instant().getEpochSecond());
    }
    writeMetrics(expiry, merged, gap, firstMinute(merged, changed), observed);
    noteInstruments(expiry, merged, changed);
    GenerationStore.addExpiry(connection, symbol, session.day(), expiry);
    rollups.touch(expiry, merged, changed);
  }

  private static long firstMinute(BarTable bars, int[] rows) {
    return Arrays.stream(rows).mapToLong(bars::bucket).min().orElseThrow();
  }

  /** A change of a minute may change what is known in every later one, and in no earlier one. */
  private void writeMetrics(
      LocalDate expiry, BarTable merged, double gap, long from, TreeMap<Long, Long> observed)
      throws SQLException {
    PageKey key = new PageKey(underlying.symbol(), expiry, Timeframe.MIN1, session.day());
    GridPage page = BarPages.of(key, session, merged);
    List<MinuteMetrics> minutes =
        MinuteMetrics.of(page, underlying, gap, session.indexOf(Timeframe.MIN1, from), observed);
    for (Timeframe timeframe : Timeframe.values()) {
      metricsChanged +=
          MetricsStore.write(
              connection, timeframe, underlying.symbol(), expiry, lastOfEach(timeframe, minutes));
    }
  }

  /** What is known at the end of a bucket is what its newest minute knows. */
  private static List<MinuteMetrics> lastOfEach(Timeframe timeframe, List<MinuteMetrics> minutes) {
    TreeMap<Long, MinuteMetrics> last = new TreeMap<>();
    minutes.forEach(m -> last.put(timeframe.floor(m.bucket()), m));
    return List.copyOf(last.values());
  }

  private void noteInstruments(LocalDate expiry, BarTable bars, int[] rows) throws SQLException {
    List<Double> strikes = new ArrayList<>();
    List<Side> sides = new ArrayList<>();
    for (Side side : Side.values()) {
      for (int row : rows) {
        boolean again =
            !strikes.isEmpty() && sides.getLast() == side && strikes.getLast() == bars.strike(row);
        if (bars.isObserved(row, side) && !again) {
          strikes.add(bars.strike(row));
          sides.add(side);
        }
      }
    }
    InstrumentStore.seen(connection, underlying, expiry, strikes, sides, session.day());
  }

  /** Brings the roll-ups up to date. */
  void finish() throws SQLException {
    rollups.write();
  }

  long written() {
    return written;
  }

  long unchanged() {
    return unchanged;
  }

  boolean hasChanged() {
    return written > 0 || metricsChanged > 0;
  }

  int standIns() {
    return standIn == null ? 0 : standIn.minutes();
  }
}
