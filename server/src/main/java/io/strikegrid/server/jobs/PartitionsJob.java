package io.strikegrid.server.jobs;

import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.time.Session;
import io.strikegrid.engine.time.TradingCalendar;
import io.strikegrid.server.store.BarStore;
import io.strikegrid.server.store.Database;
import io.strikegrid.server.store.GenerationStore;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Makes the partitions of the coming sessions of every symbol that has bars, so that the first
 * minute of a day does not have to.
 */
public final class PartitionsJob implements Job {

  private static final int SESSIONS_AHEAD = 5;
  private static final int LONGEST_CLOSURE_DAYS = 30;

  private final Database database;
  private final Function<String, Optional<Underlying>> underlyings;
  private final InstantSource clock;

  /**
   * The job.
   *
   * @param underlyings finds one by its symbol
   */
  public PartitionsJob(
      Database database, Function<String, Optional<Underlying>> underlyings, InstantSource clock) {
    this.database = database;
    this.underlyings = underlyings;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "partitions";
  }

  @Override
  public Duration every() {
    return Duration.ofHours(1);
  }

  @Override
  public Duration longest() {
    return Duration.ofMinutes(10);
  }

  @Override
  public String run(JobContext context) throws JobStoppedException {
    List<TradingCalendar> calendars = calendars();
    List<Session> sessions =
        calendars.stream().flatMap(calendar -> coming(calendar).stream()).distinct().toList();
    int before = partitions();
    for (Session session : sessions) {
      context.checkStop();
      BarStore.ensurePartition(database, session);
    }
    Optional<LocalDate> last = sessions.stream().map(Session::day).max(LocalDate::compareTo);
    return last.isEmpty()
        ? "no symbol has bars yet"
        : "made %d partitions; there are those of every session until %s"
            .formatted(Math.max(0, partitions() - before), last.get());
  }

  /** Of the symbols that have bars. */
  private List<TradingCalendar> calendars() {
    return database.read(GenerationStore::all).stream()
        .filter(GenerationStore.Row::hasBars)
        .map(GenerationStore.Row::symbol)
        .distinct()
        .flatMap(symbol -> underlyings.apply(symbol).stream())
        .map(Underlying::calendar)
        .distinct()
        .toList();
  }

  /** Today's session, if there is one, and those after it. */
  private List<Session> coming(TradingCalendar calendar) {
    LocalDate today = calendar.dayOf(clock.instant().getEpochSecond());
    return IntStream.range(0, LONGEST_CLOSURE_DAYS)
        .mapToObj(today::plusDays)
        .flatMap(day -> calendar.session(day).stream())
        .limit(SESSIONS_AHEAD)
        .toList();
  }

  private int partitions() {
    return database
        .jdbi()
        .withHandle(h ->
            h.select(
                    "SELECT count(*) FROM pg_inherits WHERE inhparent = ?::regclass",
                    BarStore.TABLE)
                .mapTo(Integer.class)
                .one());
  }
}
