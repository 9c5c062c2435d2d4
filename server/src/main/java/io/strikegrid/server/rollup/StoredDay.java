package io.strikegrid.server.rollup;

import io.strikegrid.engine.bar.BarTable;
import io.strikegrid.engine.day.ExpiryDay;
import io.strikegrid.engine.day.KnownDay;
import io.strikegrid.engine.grid.PageKey;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.time.Session;
import io.strikegrid.engine.time.Timeframe;
import io.strikegrid.server.store.BarStore;
import io.strikegrid.server.store.GenerationStore;
import io.strikegrid.server.store.MetricsStore;
import io.strikegrid.server.store.ReportedVolumeStore;
import io.strikegrid.server.store.StoreException;
import io.strikegrid.server.store.UnderLiveStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * What a store knows of a day: what its writers kept in memory, where nobody else wrote since, and
 * otherwise what is read when it is asked for. One thread, within a transaction.
 */
final class StoredDay implements KnownDay {

  /** Expiries that were read are kept for the transaction up to here; above, the last one alone. */
  private static final long MOST_BYTES = Runtime.getRuntime().maxMemory() / 8;

  private final Connection connection;
  private final Underlying underlying;
  private final Session session;
  private final NavigableSet<LocalDate> there;
  private final OpenDays open;
  private final long generation;
  private final OptionalLong firstMinute;
  private final Map<LocalDate, ExpiryDay> read = new HashMap<>();
  private long bytes;

  /**
   * A day.
   *
   * @param there expiries that it has bars of
   * @param generation of the day as it is stored
   */
  StoredDay(
      Connection connection,
      Underlying underlying,
      Session session,
      List<LocalDate> there,
      OpenDays open,
      long generation)
      throws SQLException {
    this.connection = connection;
    this.underlying = underlying;
    this.session = session;
    this.there = new TreeSet<>(there);
    this.open = open;
    this.generation = generation;
    this.firstMinute = firstMinute(connection, underlying.symbol(), session, there);
  }

  private static OptionalLong firstMinute(
      Connection connection, String symbol, Session session, List<LocalDate> there)
      throws SQLException {
    return there.isEmpty()
        ? OptionalLong.empty()
        : GenerationStore.firstMinute(connection, symbol, there, session.open(), session.close())
            .map(OptionalLong::of)
            .orElse(OptionalLong.empty());
  }

  @Override
  public NavigableSet<LocalDate> expiries() {
    return there;
  }

  @Override
  public OptionalLong firstMinute() {
    return firstMinute;
  }

  @Override
  public ExpiryDay end(LocalDate expiry) {
    ExpiryDay kept = open.find(key(expiry), generation);
    return kept == null ? whole(expiry) : kept;
  }

  @Override
  public ExpiryDay whole(LocalDate expiry) {
    ExpiryDay kept = open.find(key(expiry), generation);
    if (kept != null && kept.isWhole()) {
      return kept;
    }
    ExpiryDay before = read.get(expiry);
    if (before != null) {
      return before;
    }
    ExpiryDay day = read(expiry);
    if (bytes + day.bytes() > MOST_BYTES) {
      read.clear();
      bytes = 0;
    }
    read.put(expiry, day);
    bytes += day.bytes();
    return day;
  }

  private ExpiryDay read(LocalDate expiry) {
    String symbol = underlying.symbol();
    try {
      BarTable bars = BarStore.read(connection, Timeframe.MIN1, symbol, expiry, session);
      ReportedVolumeStore.read(connection, symbol, session.day(), expiry, bars);
      return ExpiryDay.of(
          underlying,
          session,
          bars,
          UnderLiveStore.read(connection, symbol, expiry, session),
          MetricsStore.minutes(connection, symbol, expiry, session));
    } catch (SQLException e) {
      throw new StoreException("the database refused: " + e.getMessage(), e);
    }
  }

  private PageKey key(LocalDate expiry) {
    return new PageKey(underlying.symbol(), expiry, Timeframe.MIN1, session.day());
  }
}
