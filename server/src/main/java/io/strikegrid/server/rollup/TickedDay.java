package io.strikegrid.server.rollup;

import io.strikegrid.engine.bar.Observation;
import io.strikegrid.engine.bar.ObservationField;
import io.strikegrid.engine.bar.ObservationLog;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.time.Session;
import io.strikegrid.server.store.ContractDayStore;
import io.strikegrid.server.store.MinuteKey;
import io.strikegrid.server.store.ObservationStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What ticks make of their minutes, together with everything that is kept of those: so a bar is
 * always made of all its observations, whenever each of them came. One thread, within the writer's
 * transaction.
 */
final class TickedDay extends ObservedDay {

  private final FreshTicks fresh;
  private final LaterDropouts dropouts;
  private final Set<MinuteKey> tooLate = new HashSet<>();
  private final Underlying underlying;
  private final Session session;
  private final ReportedCloses reported;
  private List<ContractDayStore.Row> figures = List.of();

  private TickedDay(
      Map<LocalDate, List<Observation>> observations,
      Underlying underlying,
      Session session,
      FreshTicks fresh,
      LaterDropouts dropouts,
      ReportedCloses reported) {
    super(observations, false, session.close());
    this.underlying = underlying;
    this.session = session;
    this.reported = reported;
    this.fresh = fresh;
    this.dropouts = dropouts;
  }

  /**
   * Puts ticks and what is kept together.
   *
   * @param isNew whether a minute of an expiry is known to be after all that the store has
   */
  static TickedDay of(
      Connection connection,
      Underlying underlying,
      Session session,
      TickWork work,
      Predicate<MinuteKey> isNew,
      ReportedCloses reported)
      throws SQLException {
    String symbol = underlying.symbol();
    TreeSet<Long> minutes = new TreeSet<>();
    work.ticks().forEach(t -> minutes.add(t.key().minute()));
    work.again().forEach(key -> minutes.add(key.minute()));
    Map<MinuteKey, List<Observation>> all =
        ObservationStore.find(connection, symbol, session.day(), minutes);
    Set<MinuteKey> lost = lost(connection, symbol, work.ticks(), all.keySet(), isNew);
    List<MinuteTicks> inTime = new ArrayList<>(work.ticks());
    inTime.removeIf(came -> lost.contains(came.key()));
    inTime.sort(MinuteTicks.BY_EXPIRY);
    FreshTicks fresh = new FreshTicks(all, work.perMinute());
    inTime.forEach(fresh::add);
    LaterDropouts dropouts =
        LaterDropouts.of(connection, symbol, session, inTime, isNew, all, work);
    Set<MinuteKey> changed = new HashSet<>(fresh.logs().keySet());
    changed.addAll(work.again());
    changed.addAll(dropouts.here());
    TickedDay day =
        new TickedDay(touched(all, changed), underlying, session, fresh, dropouts, reported);
    day.tooLate.addAll(lost);
    return day;
  }

  /** Minutes that have live bars of which nothing is kept: a part must not replace the whole. */
  private static Set<MinuteKey> lost(
      Connection connection,
      String symbol,
      List<MinuteTicks> ticks,
      Set<MinuteKey> kept,
      Predicate<MinuteKey> isNew)
      throws SQLException {
    Set<MinuteKey> doubtful = new HashSet<>();
    for (MinuteTicks came : ticks) {
      MinuteKey key = came.key();
      if (key.expiry().isPresent() && !kept.contains(key) && !isNew.test(key)) {
        doubtful.add(key);
      }
    }
    return doubtful.isEmpty()
        ? Set.of()
        : ObservationStore.withLiveBars(connection, symbol, doubtful);
  }

  /**
   * Of every expiry that something new came for, all observations of its minutes. Where an expiry
   * of a minute has no price of the underlying, another one's forward may stand in for it: then all
   * of them belong together.
   */
  private static Map<LocalDate, List<Observation>> touched(
      Map<MinuteKey, List<Observation>> all, Set<MinuteKey> fresh) {
    Map<Long, List<Observation>> quotes = new HashMap<>();
    all.forEach((key, observations) -> {
      if (key.expiry().isEmpty()) {
        quotes.put(key.minute(), newestQuote(observations));
      }
    });
    Set<Long> together = new HashSet<>();
    all.forEach((key, observations) -> {
      if (key.expiry().isPresent()
          && !isQuoted(observations)
          && quotes.getOrDefault(key.minute(), List.of()).isEmpty()) {
        together.add(key.minute());
      }
    });
    Set<Long> freshMinutes = new HashSet<>();
    fresh.forEach(key -> freshMinutes.add(key.minute()));
    Map<LocalDate, List<Observation>> touched = new TreeMap<>();
    all.forEach((key, observations) -> {
      boolean isTouched =
          fresh.contains(key)
              || fresh.contains(underlyingOf(key))
              || (together.contains(key.minute()) && freshMinutes.contains(key.minute()));
      if (key.expiry().isPresent() && isTouched) {
        List<Observation> ofExpiry =
            touched.computeIfAbsent(key.expiry().get(), e -> new ArrayList<>());
        ofExpiry.addAll(observations);
        ofExpiry.addAll(quotes.getOrDefault(key.minute(), List.of()));
      }
    });
    return touched;
  }

  private static MinuteKey underlyingOf(MinuteKey key) {
    return new MinuteKey(key.minute(), Optional.empty());
  }

  /** Of prices of the underlying alone, the one that a bar takes: every expiry gets it. */
  private static List<Observation> newestQuote(List<Observation> observations) {
    return observations.stream()
        .filter(o -> o.get(ObservationField.UNDERLYING) > 0)
        .max(
            Comparator.comparingLong(Observation::millis)
                .thenComparingDouble(o -> o.get(ObservationField.UNDERLYING)))
        .stream()
        .toList();
  }

  private static boolean isQuoted(List<Observation> observations) {
    return observations.stream().anyMatch(o -> o.get(ObservationField.UNDERLYING) > 0);
  }

  @Override
  public boolean isWhole() {
    return true;
  }

  @Override
  public List<ContractDayStore.Row> figures() {
    List<ContractDayStore.Row> all = new ArrayList<>();
    results()
        .forEach((expiry, result) ->
            all.addAll(ContractFigures.of(underlying, session, expiry, result)));
    figures = reported.fresh(underlying.symbol(), session.day(), all);
    return figures;
  }

  /** Told once it is committed. */
  void committed() {
    reported.keep(underlying.symbol(), session.day(), figures);
  }

  /** What came and was not there, to be kept. */
  Map<MinuteKey, ObservationLog> fresh() {
    return fresh.logs();
  }

  /** Minutes of which no observation can be taken any more. */
  Set<MinuteKey> tooLate() {
    return tooLate;
  }

  /** Observations that their minutes have no room for. */
  List<MinuteTicks> tooMany() {
    return fresh.tooMany();
  }

  /** Later minutes that are to be made again, and were not read for want of room. */
  Set<MinuteKey> left() {
    return dropouts.left();
  }
}
