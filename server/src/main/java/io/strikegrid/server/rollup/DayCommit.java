package io.strikegrid.server.rollup;

import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.pricing.IvReason;
import io.strikegrid.engine.time.Session;
import io.strikegrid.engine.time.Timeframe;
import io.strikegrid.server.store.BarStore;
import io.strikegrid.server.store.ContractDayStore;
import io.strikegrid.server.store.Database;
import io.strikegrid.server.store.GenerationStore;
import io.strikegrid.server.store.MarketStore;
import io.strikegrid.server.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits what came for one (symbol, trading day): one-minute rows, roll-ups, expiry metrics, the
 * newest snapshot, contract figures and the generation, in one transaction. Writers of a symbol
 * take turns by a lock that the transaction holds, so several processes may share a store.
 *
 * <p>Safe for use by several threads.
 */
public final class DayCommit {

  private static final Logger LOG = LoggerFactory.getLogger(DayCommit.class);

  private final Database database;
  private final InstantSource clock;
  private final Consumer<GenerationStore.Row> committed;
  private final OpenDays openDays = new OpenDays();

  /**
   * A writer.
   *
   * @param committed told of every generation that a commit made, after the commit
   */
  public DayCommit(
      Database database, InstantSource clock, Consumer<GenerationStore.Row> committed) {
    this.database = database;
    this.clock = clock;
    this.committed = committed;
  }

  /**
   * What a commit did.
   *
   * @param written one-minute rows that were added or changed
   * @param unchanged one-minute rows that came and were there already
   * @param contractDays contract figures that changed
   * @param standIns minutes whose underlying is a stand-in by parity
   * @param heldBack sides that fell to zero volume against what the store had: they are unknown
   * @param unsolved sides of the written expiries that have no implied volatility, by reason
   * @param mixed whether everything was refused, because the day has rows of the other kind:
   *     simulated and real rows never mix
   */
  public record Outcome(
      long written,
      long unchanged,
      int contractDays,
      int standIns,
      List<HeldBack> heldBack,
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
    Committed result =
        database.write(connection -> {
          GenerationStore.lock(connection, underlying.symbol());
          return write(connection, underlying, session, provenance, source);
        });
    if (result.row != null) {
      openDays.keep(result.open, result.row.generation());
      committed.accept(result.row);
      noteRefresh(result.refreshes);
    }
    return result.outcome;
  }

  /** What was committed stays so, whatever happens to the note. */
  private void noteRefresh(Map<Timeframe, Duration> refreshes) {
    try {
      Rollups.note(database, refreshes);
    } catch (StoreException e) {
      LOG.warn("when the aggregates were refreshed could not be noted: {}", e.getMessage());
    }
  }

  private record Committed(
      Outcome outcome,
      GenerationStore.@Nullable Row row,
      List<OpenDay> open,
      Map<Timeframe, Duration> refreshes) {

    static Committed nothing(Outcome outcome) {
      return new Committed(outcome, null, List.of(), Map.of());
    }
  }

  private Committed write(
      Connection connection,
      Underlying underlying,
      Session session,
      Provenance provenance,
      DaySource source)
      throws SQLException {
    String symbol = underlying.symbol();
    LocalDate day = session.day();
    boolean simulated = provenance == Provenance.SIMULATED;
    Optional<GenerationStore.Row> stored = GenerationStore.find(connection, symbol, day);
    if (stored.isPresent() && stored.get().simulated() != simulated) {
      return Committed.nothing(new Outcome(0, 0, 0, 0, List.of(), Map.of(), true));
    }
    DayWriter writer =
        new DayWriter(
            connection,
            underlying,
            session,
            provenance,
            clock,
            openDays,
            stored.map(GenerationStore.Row::generation).orElse(0L));
    List<ContractDayStore.Row> figures;
    try {
      writeBars(connection, writer, source, session, symbol, stored);
      figures = source.figures();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    int contractDays =
        figures.isEmpty() ? 0 : ContractDayStore.write(connection, symbol, day, figures);
    Outcome outcome =
        new Outcome(
            writer.written(),
            writer.unchanged(),
            contractDays,
            writer.standIns(),
            writer.heldBack(),
            writer.unsolved(),
            false);
    if (!writer.hasChanged() && contractDays == 0) {
      return Committed.nothing(outcome);
    }
    boolean hasBars =
        writer.written() > 0 || stored.map(GenerationStore.Row::hasBars).orElse(false);
    if (stored.isEmpty()) {
      MarketStore.note(connection, underlying);
    }
    long generation = GenerationStore.bump(connection, symbol, day, hasBars, simulated);
    return new Committed(
        outcome,
        new GenerationStore.Row(symbol, day, generation, hasBars, simulated),
        writer.open(),
        writer.refreshes());
  }

  private static void writeBars(
      Connection connection,
      DayWriter writer,
      DaySource source,
      Session session,
      String symbol,
      Optional<GenerationStore.Row> stored)
      throws SQLException, IOException {
    if (source.minutes().isEmpty()) {
      return;
    }
    List<LocalDate> there = GenerationStore.expiries(connection, symbol, session.day());
    long first = source.minutes().first();
    Optional<Long> storedFirst =
        stored.isPresent()
            ? GenerationStore.firstMinute(
                connection, symbol, there, session.open(), session.close())
            : Optional.empty();
    TreeSet<LocalDate> expiries = new TreeSet<>(source.expiries());
    if (storedFirst.isPresent() && first < storedFirst.get()) {
      expiries.addAll(there);
    }
    writer.start(source, Math.min(first, storedFirst.orElse(first)));
    for (LocalDate expiry : expiries) {
      writer.write(expiry, there.contains(expiry));
    }
    writer.finish();
  }
}
