package io.strikegrid.server.rollup;

import io.strikegrid.engine.bar.BarBuilder;
import io.strikegrid.engine.bar.BarMerge;
import io.strikegrid.engine.bar.BarTable;
import io.strikegrid.engine.bar.DayVolumes;
import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.engine.grid.PageKey;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.measure.MinuteMetrics;
import io.strikegrid.engine.pricing.BarPricing;
import io.strikegrid.engine.pricing.IvReason;
import io.strikegrid.engine.time.Session;
import io.strikegrid.engine.time.Timeframe;
import io.strikegrid.server.store.BarStore;
import io.strikegrid.server.store.GenerationStore;
import io.strikegrid.server.store.InstrumentStore;
import io.strikegrid.server.store.MetricsStore;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
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
  private final OpenDays openDays;
  private final long generation;
  private final Rollups rollups;
  private final Map<LocalDate, BarTable> appended = new TreeMap<>();
  private final Map<LocalDate, BarTable> newest = new TreeMap<>();
  private final Map<LocalDate, List<MinuteMetrics>> metrics = new TreeMap<>();
  private final List<OpenDay> open = new ArrayList<>();
  private final List<HeldBack> heldBack = new ArrayList<>();
  private final Map<IvReason, Long> unsolved = new EnumMap<>(IvReason.class);

  DayWriter(
      Connection connection,
      Underlying underlying,
      Session session,
      Provenance provenance,
      InstantSource clock,
      OpenDays openDays,
      long generation) {
    this.connection = connection;
    this.underlying = underlying;
    this.session = session;
    this.provenance = provenance;
    this.clock = clock;
    this.openDays = openDays;
    this.generation = generation;
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
    BarTable incoming = new BarTable();
    TreeMap<Long, Long> observed = new TreeMap<>();
    if (source != null && standIn != null && source.expiries().contains(expiry)) {
      BarBuilder.Result result = source.bars(expiry);
      incoming = result.bars();
      standIn.apply(incoming);
      observed.putAll(result.lastObservation());
    }
    PageKey key = new PageKey(underlying.symbol(), expiry, Timeframe.MIN1, session.day());
    OpenDay kept = openDays.take(key, generation);
    if (kept != null && kept.isContinuedBy(incoming, underlying)) {
      append(kept, incoming, observed);
    } else {
      merge(key, incoming, isStored, observed);
    }
  }

  /** New minutes after all that are there: nothing stored has to be read or compared. */
  private void append(OpenDay kept, BarTable incoming, TreeMap<Long, Long> observed)
      throws SQLException {
    LocalDate expiry = kept.key().expiry();
    HeldBack.Before known = (side, strike, bucket) -> kept.of(side, strike);
    BarTable bars =
        BarMerging.with(HeldBack.without(incoming, expiry, known, heldBack), provenance);
    if (bars.rows() == 0) {
      return;
    }
    DayVolumes.derive(bars, symbolFirst, session.open(), kept);
    price(expiry, bars, observed);
    BarMerging.setLevels(bars, kept.gap());
    int[] rows = IntStream.range(0, bars.rows()).toArray();
    appended.put(expiry, bars);
    if (!kept.knows(bars)) {
      noteInstruments(expiry, bars, rows);
    }
    kept.append(bars);
    TooManyStrikesException.check(expiry, kept.page().strikes());
    note(kept, bars, rows, observed);
  }

  /** What came meets what is stored, over the whole day. */
  private void merge(PageKey key, BarTable incoming, boolean isStored, TreeMap<Long, Long> observed)
      throws SQLException {
    String symbol = underlying.symbol();
    LocalDate expiry = key.expiry();
    BarTable stored = new BarTable();
    if (isStored) {
      stored = BarStore.read(connection, Timeframe.MIN1, symbol, expiry, session);
      MetricsStore.observedAt(connection, symbol, expiry, session)
          .forEach((minute, seen) -> observed.merge(minute, seen, Math::max));
    }
    BarTable taken =
        stored.rows() == 0
            ? incoming
            : HeldBack.without(incoming, expiry, HeldBack.in(stored), heldBack);
    BarTable merged = BarMerge.merge(stored, taken, provenance);
    TooManyStrikesException.check(expiry, merged);
    DayVolumes.derive(merged, symbolFirst, session.open());
    price(expiry, merged, observed);
    double gap = BarMerging.gap(underlying, merged);
    BarMerging.setLevels(merged, gap);
    int[] changed = BarMerging.changed(stored, merged);
    unchanged += Math.max(0, taken.rows() - changed.length);
    if (changed.length == 0) {
      return;
    }
    if (isStored) {
      BarStore.upsert(connection, symbol, expiry, merged, changed);
    } else {
      BarStore.insert(connection, symbol, Map.of(expiry, merged));
    }
    noteInstruments(expiry, merged, changed);
    GenerationStore.addExpiry(connection, symbol, session.day(), expiry);
    note(new OpenDay(key, session, merged, gap), merged, changed, observed);
  }

  private void price(LocalDate expiry, BarTable bars, TreeMap<Long, Long> observed) {
    BarPricing pricing = new BarPricing(underlying, expiry, session.day());
    pricing.apply(bars, observed);
    pricing.unsolved().forEach((reason, count) -> unsolved.merge(reason, count, Long::sum));
  }

  /** Remembers what {@link #finish()} writes for all expiries at once. */
  private void note(OpenDay day, BarTable bars, int[] changed, TreeMap<Long, Long> observed) {
    LocalDate expiry = day.key().expiry();
    written += changed.length;
    BarTable rows = new BarTable();
    for (int row : BarMerging.newest(bars, changed)) {
      rows.addCopy(bars, row);
    }
    newest.put(expiry, rows);
    int from = session.indexOf(Timeframe.MIN1, firstMinute(bars, changed));
    metrics.put(expiry, MinuteMetrics.of(day.page(), underlying, day.gap(), from, observed));
    rollups.touch(expiry, bars, changed);
    if (provenance == Provenance.LIVE) {
      open.add(day);
    }
  }

  private static long firstMinute(BarTable bars, int[] rows) {
    return Arrays.stream(rows).mapToLong(bars::bucket).min().orElseThrow();
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

  /** Writes what goes by all expiries at once: new rows, newest rows, metrics and roll-ups. */
  void finish() throws SQLException {
    if (written == 0) {
      return;
    }
    if (!appended.isEmpty()) {
      BarStore.insert(connection, underlying.symbol(), appended);
    }
    BarStore.writeLatest(connection, underlying.symbol(), newest, clock.instant().getEpochSecond());
    for (Timeframe timeframe : Timeframe.values()) {
      Map<LocalDate, List<MinuteMetrics>> rows = new TreeMap<>();
      metrics.forEach((expiry, minutes) -> rows.put(expiry, lastOfEach(timeframe, minutes)));
      MetricsStore.write(connection, timeframe, underlying.symbol(), rows);
    }
    rollups.write();
  }

  /** Days that the next minute may be appended to, once this one is committed. */
  List<OpenDay> open() {
    return open;
  }

  long written() {
    return written;
  }

  long unchanged() {
    return unchanged;
  }

  /** Sides that were held back against what the store had. */
  List<HeldBack> heldBack() {
    return heldBack;
  }

  /** How long each aggregate took. */
  Map<Timeframe, Duration> refreshes() {
    return rollups.durations();
  }

  /** Sides of the expiries that were written without a volatility, by reason. */
  Map<IvReason, Long> unsolved() {
    return unsolved;
  }

  boolean hasChanged() {
    return written > 0;
  }

  int standIns() {
    return standIn == null ? 0 : standIn.minutes();
  }
}
