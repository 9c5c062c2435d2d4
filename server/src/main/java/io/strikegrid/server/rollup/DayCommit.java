package io.strikegrid.server.rollup;

import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.engine.day.DayPlan;
import io.strikegrid.engine.day.DayPlanner;
import io.strikegrid.engine.day.ExpiryDay;
import io.strikegrid.engine.day.ExpiryPlan;
import io.strikegrid.engine.grid.PageKey;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.pricing.IvReason;
import io.strikegrid.engine.time.Session;
import io.strikegrid.engine.time.Timeframe;
import io.strikegrid.server.store.BarStore;
import io.strikegrid.server.store.ContractDayStore;
import io.strikegrid.server.store.Database;
import io.strikegrid.server.store.GenerationStore;
import io.strikegrid.server.store.MarketStore;
import io.strikegrid.server.store.MinuteKey;
import io.strikegrid.server.store.ObservationStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Commits what came for one (symbol, trading day): one-minute rows, roll-ups, expiry metrics, the
 * newest snapshot, contract figures and the generation, in one transaction. Writers of a symbol
 * take turns by a lock that the transaction holds, so several processes may share a store.
 *
 * <p>Safe for use by several threads.
 */
public final class DayCommit {

  private final Database database;
  private final InstantSource clock;
  private final Consumer<DayChange> committed;
  private final OpenDays openDays = new OpenDays();
  private final ReportedCloses reported = new ReportedCloses();
  private final RefreshNotes notes;

  /**
   * A writer.
   *
   * @param committed told of every change, after its commit
   */
  public DayCommit(Database database, InstantSource clock, Consumer<DayChange> committed) {
    this.database = database;
    this.clock = clock;
    this.notes = new RefreshNotes(database);
    this.committed = committed;
  }

  /**
   * What a commit did.
   *
   * @param written one-minute rows that were added or changed
   * @param unchanged one-minute rows that came and were there already
   * @param contractDays contract figures that changed
   * @param standIns minutes whose underlying is a stand-in by parity
   * @param unsolved sides of the written expiries that have no implied volatility, by reason
   * @param mixed whether everything was refused, because the day has rows of the other kind:
   *     simulated and real rows never mix
   */
  public record Outcome(
      long written,
      long unchanged,
      int contractDays,
      int standIns,
      Map<IvReason, Long> unsolved,
      boolean mixed) {}

  /**
   * Commits.
   *
   * @param source bars and contract figures that came
   */
  public Outcome commit(
      Underlying underlying, Session session, Provenance provenance, DaySource source) {
    if (!source.expiries().isEmpty()) {
      BarStore.ensurePartition(database, session);
    }
    return commit(
        underlying,
        (connection, stored) -> write(connection, underlying, session, provenance, source, stored),
        session,
        provenance);
  }

  /**
   * What a commit of ticks did.
   *
   * @param outcome of their bars
   * @param tooLate minutes whose live bars were made of observations that are not kept any more:
   *     what came of them is refused, since a part must not replace the whole
   * @param tooMany observations that are refused because as many are kept of their minutes as may
   *     be
   * @param left later minutes whose bars are to be made again, and were not for want of room
   */
  public record TickOutcome(
      Outcome outcome, Set<MinuteKey> tooLate, List<MinuteTicks> tooMany, Set<MinuteKey> left) {}

  /** How much is kept of minutes of a day. */
  public KeptBytes keptBytes(Underlying underlying, Session session, Collection<Long> minutes) {
    return new KeptBytes(
        database.read(connection ->
            ObservationStore.bytes(connection, underlying.symbol(), session.day(), minutes)));
  }

  /**
   * Makes bars of ticks, together with what is kept of their minutes, and commits them.
   *
   * @param memory for what is unpacked, taken once it is the symbol's turn
   */
  public TickOutcome commitTicks(
      Underlying underlying, Session session, Provenance provenance, TickWork work, Room memory) {
    BarStore.ensurePartition(database, session);
    AtomicReference<TickedDay> ticked = new AtomicReference<>();
    Outcome outcome =
        commit(
            underlying,
            (connection, stored) ->
                memory.with(
                    work.room(),
                    () -> {
                      String symbol = underlying.symbol();
                      long generation = stored.map(GenerationStore.Row::generation).orElse(0L);
                      TickedDay day =
                          TickedDay.of(
                              connection,
                              underlying,
                              session,
                              work,
                              key -> isNew(symbol, session, key, generation),
                              reported);
                      ticked.set(day);
                      ObservationStore.add(connection, symbol, session.day(), day.fresh());
                      return write(connection, underlying, session, provenance, day, stored);
                    }),
            session,
            provenance);
    TickedDay day = ticked.get();
    if (day == null) {
      return new TickOutcome(outcome, Set.of(), List.of(), Set.of());
    }
    day.committed();
    return new TickOutcome(outcome, day.tooLate(), day.tooMany(), day.left());
  }

  /**
   * Of the days of one request, those whose bars it may not bring, since it would open more days
   * than {@link BarStore#MOST_NEW_DAYS}: the oldest of those that are new.
   */
  public Set<Session> tooManyNewDays(Collection<Session> sessions) {
    if (BarStore.newDays(database, sessions) <= BarStore.MOST_NEW_DAYS) {
      return Set.of();
    }
    Set<Session> refused = new HashSet<>();
    int opened = 0;
    for (Session session :
        sessions.stream().sorted(Comparator.comparing(Session::day).reversed()).toList()) {
      int more = BarStore.newDays(database, List.of(session));
      if (opened + more > BarStore.MOST_NEW_DAYS) {
        refused.add(session);
      } else {
        opened += more;
      }
    }
    return refused;
  }

  /** Strikes of which an expiry has one-minute bars on a trading day. */
  public Set<Double> strikes(Underlying underlying, Session session, LocalDate expiry) {
    double[] strikes =
        database.read(
            connection -> BarStore.strikes(connection, underlying.symbol(), expiry, session));
    return Arrays.stream(strikes).boxed().collect(Collectors.toSet());
  }

  /** Forgets observations that were written longer ago; returns how many rows those were. */
  public int forgetObservations(Duration olderThan) {
    return ObservationStore.forget(database, olderThan);
  }

  private boolean isNew(String symbol, Session session, MinuteKey key, long generation) {
    PageKey page = new PageKey(symbol, key.expiry().orElseThrow(), Timeframe.MIN1, session.day());
    ExpiryDay kept = openDays.find(page, generation);
    return kept != null && kept.newestMinute() < key.minute();
  }

  @FunctionalInterface
  private interface Writing {
    Committed on(Connection connection, Optional<GenerationStore.Row> stored) throws SQLException;
  }

  private Outcome commit(
      Underlying underlying, Writing writing, Session session, Provenance provenance) {
    Committed result =
        database.write(
            underlying.symbol(),
            connection -> {
              Optional<GenerationStore.Row> stored =
                  GenerationStore.find(connection, underlying.symbol(), session.day());
              boolean simulated = provenance == Provenance.SIMULATED;
              if (stored.isPresent() && stored.get().simulated() != simulated) {
                return Committed.nothing(new Outcome(0, 0, 0, 0, Map.of(), true));
              }
              return writing.on(connection, stored);
            });
    if (result.change != null) {
      openDays.keep(result.open, result.change.row().generation());
      committed.accept(result.change);
      notes.refreshed(result.refreshes);
    }
    return result.outcome;
  }

  private record Committed(
      Outcome outcome,
      @Nullable DayChange change,
      Map<PageKey, ExpiryDay> open,
      Map<Timeframe, Duration> refreshes) {

    static Committed nothing(Outcome outcome) {
      return new Committed(outcome, null, Map.of(), Map.of());
    }
  }

  private Committed write(
      Connection connection,
      Underlying underlying,
      Session session,
      Provenance provenance,
      DaySource source,
      Optional<GenerationStore.Row> stored)
      throws SQLException {
    String symbol = underlying.symbol();
    LocalDate day = session.day();
    BarStore.allowCorrections(connection, database.engine());
    List<LocalDate> there = GenerationStore.expiries(connection, symbol, day);
    Rollups rollups = new Rollups(connection, database.engine(), symbol, session);
    PlanWriter writer = new PlanWriter(connection, underlying, session, provenance, there, rollups);
    List<ContractDayStore.Row> figures;
    int standIns;
    try {
      long generation = stored.map(GenerationStore.Row::generation).orElse(0L);
      standIns =
          writeBars(connection, writer, underlying, session, provenance, source, there, generation);
      figures = source.figures();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    int contractDays =
        figures.isEmpty() ? 0 : ContractDayStore.write(connection, symbol, day, figures);
    Outcome outcome =
        new Outcome(
            writer.written(), writer.unchanged(), contractDays, standIns, writer.unsolved(), false);
    if (!writer.hasChanged() && contractDays == 0) {
      return Committed.nothing(outcome);
    }
    boolean hasBars =
        writer.written() > 0 || stored.map(GenerationStore.Row::hasBars).orElse(false);
    if (stored.isEmpty()) {
      MarketStore.note(connection, underlying);
    }
    boolean simulated = provenance == Provenance.SIMULATED;
    return new Committed(
        outcome,
        writer.change(GenerationStore.bump(connection, symbol, day, hasBars, simulated)),
        writer.open(),
        rollups.durations());
  }

  /** Plans what came, writes it, and tells how many minutes have a stand-in. */
  private int writeBars(
      Connection connection,
      PlanWriter writer,
      Underlying underlying,
      Session session,
      Provenance provenance,
      DaySource source,
      List<LocalDate> there,
      long generation)
      throws SQLException, IOException {
    if (source.minutes().isEmpty()) {
      return 0;
    }
    StoredDay known = new StoredDay(connection, underlying, session, there, openDays, generation);
    DayPlan plan = new DayPlanner(underlying, session).plan(known, source, provenance);
    for (LocalDate expiry : plan.expiries()) {
      ExpiryPlan ofExpiry = plan.of(expiry);
      TooManyStrikesException.check(expiry, ofExpiry.after().strikes());
      writer.write(ofExpiry);
      source.changes(expiry, ofExpiry.rows());
    }
    writer.finish(clock.instant().getEpochSecond());
    return plan.standIns();
  }
}
