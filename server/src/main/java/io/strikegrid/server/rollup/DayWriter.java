package io.strikegrid.server.rollup;

import io.strikegrid.engine.bar.BarBuilder;
import io.strikegrid.engine.bar.BarColumns;
import io.strikegrid.engine.bar.BarMerge;
import io.strikegrid.engine.bar.BarTable;
import io.strikegrid.engine.bar.DayVolumes;
import io.strikegrid.engine.bar.ListedStrikes;
import io.strikegrid.engine.bar.Observation;
import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.engine.grid.BarPages;
import io.strikegrid.engine.grid.GridPage;
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
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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
  private final OpenDays openDays;
  private final long generation;
  private final StoredDay stored;
  private final Rollups rollups;
  private final Map<LocalDate, BarTable> appended = new TreeMap<>();
  private final Set<LocalDate> rewritten = new TreeSet<>();
  private final Map<LocalDate, BarTable> newest = new TreeMap<>();
  private final Map<LocalDate, List<MinuteMetrics>> metrics = new TreeMap<>();
  private final List<OpenDay> open = new ArrayList<>();
  private final Map<IvReason, Long> unsolved = new EnumMap<>(IvReason.class);
  private @Nullable DaySource source;
  private @Nullable StandIn standIn;
  private long symbolFirst;
  private long written;
  private long unchanged;

  /**
   * A writer.
   *
   * @param generation of the day as it is stored
   * @param there expiries that the day has bars of
   * @param rollups takes what changes
   */
  DayWriter(
      Connection connection,
      Underlying underlying,
      Session session,
      Provenance provenance,
      InstantSource clock,
      OpenDays openDays,
      long generation,
      List<LocalDate> there,
      Rollups rollups) {
    this.connection = connection;
    this.underlying = underlying;
    this.session = session;
    this.provenance = provenance;
    this.clock = clock;
    this.openDays = openDays;
    this.generation = generation;
    this.stored = new StoredDay(connection, underlying.symbol(), session, there);
    this.rollups = rollups;
  }

  /** Says what comes, and in which minute the symbol was first observed that day. */
  void start(DaySource comes, long first) throws IOException {
    source = comes;
    standIn = StandIn.of(comes, this::before, underlying, session);
    symbolFirst = first;
  }

  /** Writes one expiry. */
  void write(LocalDate expiry) throws SQLException, IOException {
    BarTable incoming = new BarTable();
    List<Observation> dropouts = List.of();
    TreeMap<Long, Long> observed = new TreeMap<>();
    if (source != null && standIn != null && source.expiries().contains(expiry)) {
      BarBuilder.Result result = source.bars(expiry, before(expiry));
      incoming = result.bars();
      standIn.apply(incoming);
      observed.putAll(result.lastObservation());
      dropouts = result.dropouts();
    }
    OpenDay kept = openDays.find(key(expiry), generation);
    if (kept != null && kept.isContinuedBy(incoming, underlying)) {
      append(kept, incoming, observed);
    } else {
      merge(expiry, incoming, dropouts, observed);
    }
  }

  private PageKey key(LocalDate expiry) {
    return new PageKey(underlying.symbol(), expiry, Timeframe.MIN1, session.day());
  }

  /** What the store knows of an expiry's volumes; looked up when it is asked for. */
  private BarBuilder.VolumeBefore before(LocalDate expiry) {
    OpenDay kept = openDays.find(key(expiry), generation);
    return (side, strike, minute) -> {
      if (kept != null && kept.minute() < minute) {
        return kept.of(side, strike);
      }
      return stored.volumes(expiry).of(side, strike, minute);
    };
  }

  /** New minutes after all that are there: nothing stored has to be read or compared. */
  private void append(OpenDay kept, BarTable incoming, TreeMap<Long, Long> observed)
      throws SQLException {
    LocalDate expiry = kept.key().expiry();
    BarTable bars = BarMerging.with(incoming, provenance);
    DayVolumes.derive(bars, symbolFirst, session.open(), kept);
    price(expiry, bars, observed);
    BarMerging.setLevels(bars, ListedStrikes.of(bars, kept.observedStrikes()), kept.gap());
    int[] rows = IntStream.range(0, bars.rows()).toArray();
    appended.put(expiry, bars);
    if (!kept.knows(bars)) {
      noteInstruments(expiry, bars, rows);
    }
    OpenDay.Appended next = kept.append(bars, underlying, observed);
    TooManyStrikesException.check(expiry, next.day().strikes());
    note(next.day(), next.metrics(), bars, rows);
    rollups.add(expiry, bars, next.rolled());
  }

  /** What came meets what is stored, over the whole day. */
  private void merge(
      LocalDate expiry, BarTable incoming, List<Observation> dropouts, TreeMap<Long, Long> observed)
      throws SQLException {
    String symbol = underlying.symbol();
    boolean isStored = stored.has(expiry);
    BarTable before = stored.bars(expiry);
    if (isStored) {
      MetricsStore.observedAt(connection, symbol, expiry, session)
          .forEach((minute, seen) -> observed.merge(minute, seen, Math::max));
    }
    boolean whole = source != null && source.isWhole();
    BarTable merged = BarMerge.merge(before, incoming, provenance, whole);
    if (whole) {
      clearDropouts(merged, incoming, dropouts);
    }
    TooManyStrikesException.check(expiry, merged);
    DayVolumes.derive(merged, symbolFirst, session.open());
    price(expiry, merged, observed);
    double gap = BarMerging.gap(underlying, merged);
    BarMerging.setLevels(merged, ListedStrikes.of(merged), gap);
    int[] changed = BarMerging.changed(before, merged);
    unchanged += incoming.rows() - came(incoming, merged, changed);
    if (changed.length == 0) {
      return;
    }
    if (isStored) {
      BarStore.upsert(connection, symbol, expiry, merged, changed);
    } else {
      BarStore.insert(connection, symbol, Map.of(expiry, merged));
    }
    rewritten.add(expiry);
    noteInstruments(expiry, merged, changed);
    GenerationStore.addExpiry(connection, symbol, session.day(), expiry);
    GridPage page = BarPages.of(key(expiry), session, merged);
    int from = session.indexOf(Timeframe.MIN1, firstMinute(merged, changed));
    List<MinuteMetrics> rows = MinuteMetrics.of(page, underlying, from, observed);
    note(new OpenDay(page, session, gap, Rollups.folds(merged)), rows, merged, changed);
    rollups.touch(expiry, merged, changed);
  }

  /** Of the rows that change, how many something came for. */
  private static int came(BarTable incoming, BarTable merged, int[] changed) {
    int count = 0;
    for (int row : changed) {
      count += incoming.indexOf(merged.strike(row), merged.bucket(row)) >= 0 ? 1 : 0;
    }
    return count;
  }

  /** A side of which a late observation left nothing but dropouts is not observed any more. */
  private void clearDropouts(BarTable merged, BarTable incoming, List<Observation> dropouts) {
    for (Observation o : dropouts) {
      long minute = Timeframe.MIN1.floor(o.time());
      int row = merged.indexOf(o.strike(), minute);
      int came = incoming.indexOf(o.strike(), minute);
      boolean isOurs = row >= 0 && merged.get(row, BarColumns.PROVENANCE) == provenance.code();
      if (isOurs && (came < 0 || !incoming.isObserved(came, o.side()))) {
        merged.clear(row, o.side());
      }
    }
  }

  private void price(LocalDate expiry, BarTable bars, TreeMap<Long, Long> observed) {
    BarPricing pricing = new BarPricing(underlying, expiry, session.day());
    pricing.apply(bars, observed);
    pricing.unsolved().forEach((reason, count) -> unsolved.merge(reason, count, Long::sum));
  }

  /** Remembers what {@link #finish()} writes for all expiries at once. */
  private void note(OpenDay day, List<MinuteMetrics> minutes, BarTable bars, int[] changed) {
    LocalDate expiry = day.key().expiry();
    written += changed.length;
    if (source != null) {
      source.changes(expiry, bars, changed);
    }
    BarTable rows = new BarTable();
    for (int row : BarMerging.newest(bars, changed)) {
      rows.addCopy(bars, row);
    }
    newest.put(expiry, rows);
    metrics.put(expiry, minutes);
    if (provenance == Provenance.LIVE || provenance == Provenance.SIMULATED) {
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

  /** What was written, for who knows the day before it. */
  DayChange change(GenerationStore.Row row) {
    Map<LocalDate, DayChange.Minutes> minutes = new TreeMap<>();
    appended.forEach((expiry, bars) ->
        minutes.put(expiry, new DayChange.Minutes(bars, metrics.getOrDefault(expiry, List.of()))));
    return new DayChange(row, session, minutes, rewritten);
  }

  long written() {
    return written;
  }

  long unchanged() {
    return unchanged;
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
