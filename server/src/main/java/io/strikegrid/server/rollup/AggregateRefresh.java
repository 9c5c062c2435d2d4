package io.strikegrid.server.rollup;

import io.strikegrid.engine.time.Timeframe;
import io.strikegrid.server.store.BarStore;
import io.strikegrid.server.store.Database;
import io.strikegrid.server.store.Engine;
import io.strikegrid.server.store.GenerationStore;
import io.strikegrid.server.store.RefreshStore;
import io.strikegrid.server.store.RollupSql;
import io.strikegrid.server.store.StoreException;
import io.strikegrid.server.store.Undo;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * Brings the continuous aggregates up to date with what commits have left to be refreshed. The
 * commit itself says which minutes those are, so that nothing is forgotten by a crash; what several
 * commits left is refreshed together, the newest trading day first. Then the days' generations are
 * bumped: no page keeps what was there before. One process at a time refreshes an aggregate.
 *
 * <p>On a store whose writer keeps the aggregates nothing ever waits here. Safe for use by several
 * threads.
 */
public final class AggregateRefresh {

  private static final Duration BUSY_PAUSE = Duration.ofMillis(20);

  private final Database database;
  private final Listener refreshed;
  private final Map<Timeframe, RefreshNotes> notes = new ConcurrentHashMap<>();

  /**
   * A refresher.
   *
   * @param refreshed told of every day of which an aggregate changed
   */
  public AggregateRefresh(Database database, Listener refreshed) {
    this.database = database;
    this.refreshed = refreshed;
  }

  /** Who is told of refreshes. */
  @FunctionalInterface
  public interface Listener {
    /**
     * An aggregate of a day changed.
     *
     * @param row the day as it is now
     * @param firstMinute before it nothing changed, epoch seconds UTC
     */
    void refreshed(GenerationStore.Row row, long firstMinute);
  }

  /** What became of one look. */
  enum Outcome {
    /** Something was refreshed; more may wait. */
    REFRESHED,
    /** Nothing waits. */
    NOTHING,
    /** Another process or thread is at it. */
    BUSY
  }

  /** How far {@link #finish} has come. */
  @FunctionalInterface
  public interface Progress {
    /** So many (symbol, trading day) of an aggregate still wait. */
    void left(String aggregate, int days);
  }

  /** Whether aggregates are refreshed after commits at all. */
  public boolean isNeeded() {
    return database.engine() == Engine.TIMESCALE;
  }

  /**
   * Refreshes until nothing waits, or waits for who does.
   *
   * @return how many times it refreshed a trading day of an aggregate
   * @throws StoreException where a refresh fails; what has not been refreshed still waits
   */
  public int finish(Progress progress) {
    return finish(progress, () -> false);
  }

  /**
   * The same, until somebody wants it to stop.
   *
   * @throws StoreException where a refresh fails; what has not been refreshed still waits
   */
  public int finish(Progress progress, BooleanSupplier isStopping) {
    if (!isNeeded()) {
      return 0;
    }
    int refreshed = 0;
    for (Timeframe timeframe : RollupSql.TIMEFRAMES) {
      Outcome outcome;
      do {
        progress.left(BarStore.table(timeframe), RefreshStore.days(database, timeframe));
        outcome = refresh(timeframe);
        if (outcome == Outcome.BUSY) {
          pause();
        }
        refreshed += outcome == Outcome.REFRESHED ? 1 : 0;
      } while (outcome != Outcome.NOTHING && !isStopping.getAsBoolean());
    }
    return refreshed;
  }

  private static void pause() {
    try {
      Thread.sleep(BUSY_PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("interrupted while another process refreshed", e);
    }
  }

  /** Refreshes what waits of one trading day. */
  Outcome refresh(Timeframe timeframe) {
    try (Connection connection = database.connection()) {
      if (!RefreshStore.tryLock(connection, timeframe)) {
        return Outcome.BUSY;
      }
      try (Undo _ = () -> RefreshStore.unlock(connection, timeframe)) {
        return refresh(connection, timeframe);
      }
    } catch (SQLException e) {
      StoreException failure =
          new StoreException(
              BarStore.table(timeframe) + " could not be refreshed: " + e.getMessage(), e);
      notes(timeframe).failed(timeframe, e.getMessage());
      throw failure;
    }
  }

  private Outcome refresh(Connection connection, Timeframe timeframe) throws SQLException {
    List<RefreshStore.Awaiting> waiting = RefreshStore.newestDay(connection, timeframe);
    if (waiting.isEmpty()) {
      return Outcome.NOTHING;
    }
    long started = System.nanoTime();
    for (Window window : Window.covering(waiting, timeframe)) {
      RefreshStore.refresh(connection, timeframe, window.from, window.to, false);
    }
    long first = waiting.stream().mapToLong(RefreshStore.Awaiting::first).min().orElseThrow();
    forget(connection, waiting).forEach(row -> refreshed.refreshed(row, timeframe.floor(first)));
    Duration took = Duration.ofNanos(System.nanoTime() - started);
    notes(timeframe).refreshed(Map.of(timeframe, took));
    return Outcome.REFRESHED;
  }

  /** Days in one order, so that two refreshers never wait for each other's rows. */
  private static List<GenerationStore.Row> forget(
      Connection connection, List<RefreshStore.Awaiting> waiting) throws SQLException {
    LocalDate day = waiting.getFirst().day();
    TreeSet<String> symbols = new TreeSet<>();
    waiting.forEach(w -> symbols.add(w.symbol()));
    List<GenerationStore.Row> bumped = new ArrayList<>();
    connection.setAutoCommit(false);
    try (Undo _ = () -> connection.setAutoCommit(true)) {
      try {
        RefreshStore.delete(connection, waiting);
        for (String symbol : symbols) {
          GenerationStore.bumpRolled(connection, symbol, day).ifPresent(bumped::add);
        }
        connection.commit();
      } catch (SQLException | RuntimeException | Error e) {
        Undo.after(e, connection::rollback);
        throw e;
      }
    }
    return bumped;
  }

  private RefreshNotes notes(Timeframe timeframe) {
    return notes.computeIfAbsent(timeframe, t -> new RefreshNotes(database));
  }

  /** Whole buckets in {@code [from, to)}, epoch seconds UTC. */
  private record Window(long from, long to) {

    /** As few as cover the minutes, and nothing between them. */
    static List<Window> covering(List<RefreshStore.Awaiting> minutes, Timeframe timeframe) {
      List<Window> windows = new ArrayList<>();
      List<RefreshStore.Awaiting> sorted = new ArrayList<>(minutes);
      sorted.sort(Comparator.comparingLong(RefreshStore.Awaiting::first));
      for (RefreshStore.Awaiting m : sorted) {
        Window next =
            new Window(timeframe.floor(m.first()), timeframe.floor(m.last()) + timeframe.seconds());
        Window before = windows.isEmpty() ? null : windows.getLast();
        if (before != null && next.from <= before.to) {
          windows.set(windows.size() - 1, new Window(before.from, Math.max(before.to, next.to)));
        } else {
          windows.add(next);
        }
      }
      return windows;
    }
  }
}
