package io.strikegrid.server.pages;

import io.strikegrid.engine.time.Timeframe;
import io.strikegrid.server.platform.watch.Heartbeat;
import io.strikegrid.server.platform.watch.LostConnection;
import io.strikegrid.server.platform.watch.Outage;
import io.strikegrid.server.platform.watch.Vital;
import io.strikegrid.server.platform.watch.Watch;
import io.strikegrid.server.platform.watch.WatchedThread;
import io.strikegrid.server.store.Database;
import io.strikegrid.server.store.GenerationStore;
import io.strikegrid.server.store.StandingConnection;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which trading days every symbol has, and the newest generation known of each.
 *
 * <p>Three sources feed it: commits of this process, rows that others notify of, and a look at the
 * table that runs once a second, so that a lost notification delays an answer by one look at most.
 * A generation only ever grows here. One thread of its own listens and looks; any thread reads.
 */
public final class Generations implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Generations.class);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(5);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
  private static final int MOST_READ_ALONE = 100;
  private static final Vital GENERATIONS = Vital.of("generations", Duration.ofMinutes(4));

  private final Database database;
  private final ConcurrentHashMap<String, NavigableMap<LocalDate, GenerationStore.Row>> symbols =
      new ConcurrentHashMap<>();
  private final List<Consumer<GenerationStore.Row>> listeners = new CopyOnWriteArrayList<>();
  private final Outage failing = new Outage(LOG, "changes of others are not known");
  private final WatchedThread thread;
  private volatile boolean closing;
  private volatile @Nullable StandingConnection listening;
  private volatile boolean current;

  /** Reads the table and starts to listen. */
  public Generations(Database database) {
    this(database, new Watch());
  }

  /** Reads the table and starts to listen, and has its thread watched. */
  public Generations(Database database, Watch watch) {
    this.database = database;
    take(database.read(GenerationStore::all));
    this.thread = watch.start(GENERATIONS, this::listen);
  }

  /** Takes a generation that somebody committed. */
  public void accept(GenerationStore.Row row) {
    NavigableMap<LocalDate, GenerationStore.Row> days =
        symbols.computeIfAbsent(row.symbol(), s -> new ConcurrentSkipListMap<>());
    GenerationStore.Row before = days.get(row.day());
    days.merge(row.day(), row, (a, b) -> b.version() > a.version() ? b : a);
    if (before == null || before.version() < row.version()) {
      listeners.forEach(listener -> listener.accept(row));
    }
  }

  /**
   * Tells a listener of every generation that becomes known from now on, on the thread that learns
   * of it: it must not block. After a lost notification several generations may be told as one, and
   * one may be told twice.
   */
  public void onChange(Consumer<GenerationStore.Row> listener) {
    listeners.add(listener);
  }

  /** The state of a day, if it has any data. */
  public Optional<GenerationStore.Row> find(String symbol, LocalDate day) {
    return Optional.ofNullable(days(symbol).get(day));
  }

  /** The generation of a day's one-minute bars; 0 where it has no data. */
  public long generation(String symbol, LocalDate day) {
    return generation(symbol, day, Timeframe.MIN1);
  }

  /** The generation of a day's bars of a timeframe; 0 where it has no data. */
  public long generation(String symbol, LocalDate day, Timeframe timeframe) {
    return find(symbol, day).map(row -> row.of(timeframe)).orElse(0L);
  }

  /** Trading days of a symbol that have strike bars, ascending. */
  public List<LocalDate> barDays(String symbol) {
    return days(symbol).values().stream()
        .filter(GenerationStore.Row::hasBars)
        .map(GenerationStore.Row::day)
        .toList();
  }

  /** The newest trading day with strike bars, at or before a date. */
  public Optional<LocalDate> newestBarDay(String symbol, LocalDate until) {
    return days(symbol).headMap(until, true).descendingMap().values().stream()
        .filter(GenerationStore.Row::hasBars)
        .map(GenerationStore.Row::day)
        .findFirst();
  }

  /** Trading days with strike bars in {@code [from, to]}, ascending. */
  public List<LocalDate> barDays(String symbol, LocalDate from, LocalDate to) {
    if (from.isAfter(to)) {
      return List.of();
    }
    return days(symbol).subMap(from, true, to, true).values().stream()
        .filter(GenerationStore.Row::hasBars)
        .map(GenerationStore.Row::day)
        .toList();
  }

  /** Symbols that have data. */
  public Collection<String> symbols() {
    return List.copyOf(symbols.keySet());
  }

  /** The states of all days of a symbol. */
  public NavigableMap<LocalDate, GenerationStore.Row> days(String symbol) {
    return symbols.getOrDefault(symbol, new ConcurrentSkipListMap<>());
  }

  /** Whether the last look at the table succeeded. */
  public boolean isCurrent() {
    return current;
  }

  private void take(List<GenerationStore.Row> rows) {
    rows.forEach(this::accept);
    current = true;
  }

  private void listen(Heartbeat heartbeat) {
    while (!closing) {
      heartbeat.beat();
      try (StandingConnection standing = database.standing("listener")) {
        listening = standing;
        if (closing) {
          return;
        }
        Connection connection = standing.sql();
        try (var statement = connection.createStatement()) {
          statement.execute("LISTEN " + GenerationStore.CHANNEL);
        }
        listen(connection, heartbeat);
      } catch (SQLException | RuntimeException | Error e) {
        if (!closing) {
          current = false;
          tell(e);
          pause();
        }
      }
    }
  }

  /** A lost store is told by who looks after it. */
  private void tell(Throwable e) {
    if (LostConnection.isCauseOf(e)) {
      LOG.debug("lost the database while listening for changes", e);
    } else {
      failing.failed("tried again: " + e, e);
    }
  }

  /** Takes what is told as it comes, and looks at the table every so often. */
  private void listen(Connection connection, Heartbeat heartbeat) throws SQLException {
    PGConnection postgres = connection.unwrap(PGConnection.class);
    long looked = System.nanoTime() - LOOK_EVERY.toNanos();
    while (!closing) {
      heartbeat.beat();
      long left = LOOK_EVERY.toNanos() - (System.nanoTime() - looked);
      if (left <= 0) {
        take(GenerationStore.all(connection));
        looked = System.nanoTime();
        failing.over();
        continue;
      }
      PGNotification[] told = postgres.getNotifications((int) (left / 1_000_000) + 1);
      if (told != null) {
        take(connection, told);
      }
    }
  }

  /** Anybody who may connect can tell anything: what is told only says which rows to read again. */
  private void take(Connection connection, PGNotification[] told) throws SQLException {
    Set<GenerationStore.Day> days = new LinkedHashSet<>();
    for (PGNotification notification : told) {
      GenerationStore.told(notification.getParameter())
          .filter(this::isNews)
          .ifPresent(row -> days.add(new GenerationStore.Day(row.symbol(), row.day())));
    }
    if (days.size() > MOST_READ_ALONE) {
      take(GenerationStore.all(connection));
      return;
    }
    for (GenerationStore.Day day : days) {
      GenerationStore.find(connection, day.symbol(), day.day()).ifPresent(this::accept);
    }
  }

  private boolean isNews(GenerationStore.Row row) {
    return find(row.symbol(), row.day())
        .filter(known -> known.version() >= row.version())
        .isEmpty();
  }

  private void pause() {
    try {
      Thread.sleep(RETRY_AFTER);
    } catch (InterruptedException e) {
      closing = true;
    }
  }

  @Override
  public void close() {
    thread.stopping();
    closing = true;
    StandingConnection open = listening;
    if (open != null) {
      open.drop(); // nothing else wakes who waits for notifications
    }
    try {
      thread.stop(STOP_WITHIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
