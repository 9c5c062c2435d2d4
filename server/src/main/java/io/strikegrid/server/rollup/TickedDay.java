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
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What ticks make of their minutes, together with everything that is kept of those: so a bar is
 * always made of all its observations, whenever each of them came. One thread, within the writer's
 * transaction.
 */
final class TickedDay extends ObservedDay {

  private final Map<MinuteKey, ObservationLog> fresh;
  private final Map<Long, Integer> tooLate;
  private final Underlying underlying;
  private final Session session;
  private final ReportedCloses reported;
  private List<ContractDayStore.Row> figures = List.of();

  private TickedDay(
      Map<LocalDate, List<Observation>> observations,
      Underlying underlying,
      Session session,
      Map<MinuteKey, ObservationLog> fresh,
      Map<Long, Integer> tooLate,
      ReportedCloses reported) {
    super(observations, false, session.close());
    this.underlying = underlying;
    this.session = session;
    this.reported = reported;
    this.fresh = fresh;
    this.tooLate = tooLate;
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
      List<MinuteTicks> ticks,
      Predicate<MinuteKey> isNew,
      ReportedCloses reported)
      throws SQLException {
    String symbol = underlying.symbol();
    TreeSet<Long> minutes = new TreeSet<>();
    ticks.forEach(t -> minutes.add(t.key().minute()));
    Map<MinuteKey, List<Observation>> all =
        ObservationStore.find(connection, symbol, session.day(), minutes);
    Set<MinuteKey> lost = lost(connection, symbol, ticks, all.keySet(), isNew);
    Map<MinuteKey, ObservationLog> fresh = new HashMap<>();
    Map<Long, Integer> tooLate = new HashMap<>();
    for (MinuteTicks came : ticks) {
      MinuteKey key = came.key();
      if (lost.contains(key)) {
        tooLate.merge(key.minute(), came.log().size(), Integer::sum);
        continue;
      }
      ObservationLog news = fresh(came.log(), all.get(key), fresh.get(key));
      if (news.size() > 0) {
        fresh.put(key, news);
        all.computeIfAbsent(key, k -> new ArrayList<>()).addAll(news.observations());
      }
    }
    Set<MinuteKey> changed = new HashSet<>(fresh.keySet());
    Set<MinuteKey> dropouts = dropouts(connection, symbol, session, fresh, isNew);
    if (!dropouts.isEmpty()) {
      Set<Long> later = new TreeSet<>();
      dropouts.forEach(key -> later.add(key.minute()));
      ObservationStore.find(connection, symbol, session.day(), later).forEach(all::putIfAbsent);
      changed.addAll(dropouts);
    }
    return new TickedDay(touched(all, changed), underlying, session, fresh, tooLate, reported);
  }

  /** Minutes that were made before a late trade came: without volume they may be dropouts now. */
  private static Set<MinuteKey> dropouts(
      Connection connection,
      String symbol,
      Session session,
      Map<MinuteKey, ObservationLog> fresh,
      Predicate<MinuteKey> isNew)
      throws SQLException {
    Set<ObservationStore.Traded> trades = new HashSet<>();
    for (Map.Entry<MinuteKey, ObservationLog> came : fresh.entrySet()) {
      MinuteKey key = came.getKey();
      if (key.expiry().isPresent() && !isNew.test(key)) {
        for (Observation o : came.getValue().observations()) {
          if (o.get(ObservationField.VOLUME_DAY) > 0) {
            trades.add(new ObservationStore.Traded(key, o.strike(), o.side()));
          }
        }
      }
    }
    return trades.isEmpty()
        ? Set.of()
        : ObservationStore.withoutVolumeAfter(connection, symbol, trades, session.close());
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

  /** Of what came, what is not there yet. */
  private static ObservationLog fresh(
      ObservationLog came, @Nullable List<Observation> there, @Nullable ObservationLog before) {
    if (there == null && before == null) {
      return came;
    }
    Set<Identity> known = new HashSet<>();
    if (there != null) {
      there.forEach(o -> known.add(new Identity(o)));
    }
    ObservationLog news = before == null ? new ObservationLog() : before;
    for (Observation o : came.observations()) {
      if (known.add(new Identity(o))) {
        news.add(o);
      }
    }
    return news;
  }

  /**
   * Of every expiry that something new came for, all observations of its minutes. Where an expiry
   * of a minute has no price of the underlying, another one's forward may stand in for it: then all
   * of them belong together.
   */
  private static Map<LocalDate, List<Observation>> touched(
      Map<MinuteKey, List<Observation>> all, Set<MinuteKey> fresh) {
    Set<Long> together = new HashSet<>();
    all.forEach((key, observations) -> {
      if (key.expiry().isPresent()
          && !isQuoted(observations)
          && !isQuoted(all.getOrDefault(underlyingOf(key), List.of()))) {
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
        ofExpiry.addAll(all.getOrDefault(underlyingOf(key), List.of()));
      }
    });
    return touched;
  }

  private static MinuteKey underlyingOf(MinuteKey key) {
    return new MinuteKey(key.minute(), Optional.empty());
  }

  private static boolean isQuoted(List<Observation> observations) {
    return observations.stream().anyMatch(o -> o.get(ObservationField.UNDERLYING) > 0);
  }

  /** What makes an observation the same as another one. */
  private record Identity(Observation observation) {

    @Override
    public boolean equals(Object other) {
      return other instanceof Identity that && observation.isSame(that.observation);
    }

    @Override
    public int hashCode() {
      return 31 * Arrays.hashCode(observation.values())
          + Double.hashCode(observation.strike())
          + Long.hashCode(observation.millis())
          + observation.side().ordinal();
    }
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
    return fresh;
  }

  /** By minute, observations that cannot be taken any more. */
  Map<Long, Integer> tooLate() {
    return tooLate;
  }
}
