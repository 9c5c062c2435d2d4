package io.strikegrid.server.rollup;

import io.strikegrid.engine.bar.Observation;
import io.strikegrid.engine.bar.ObservationField;
import io.strikegrid.engine.time.Session;
import io.strikegrid.server.store.MinuteKey;
import io.strikegrid.server.store.ObservationStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Minutes that were made before a late trade came: what they tell of no volume may be dropouts now,
 * so they are to be made again. Repeats count as well as what is new, so that whatever was left
 * undone when a process ended is done when the trade comes again.
 */
final class LaterDropouts {

  private final Set<MinuteKey> here = new HashSet<>();
  private final Set<MinuteKey> left = new HashSet<>();

  private LaterDropouts() {}

  /**
   * Finds them, and reads those for which there is room.
   *
   * @param ticks that came and were not too late
   * @param all what is read of the day; what is read now is added
   */
  static LaterDropouts of(
      Connection connection,
      String symbol,
      Session session,
      List<MinuteTicks> ticks,
      Predicate<MinuteKey> isNew,
      Map<MinuteKey, List<Observation>> all,
      TickWork work)
      throws SQLException {
    LaterDropouts found = new LaterDropouts();
    Set<ObservationStore.Traded> trades = trades(ticks, isNew);
    if (trades.isEmpty()) {
      return found;
    }
    Set<Long> read = new HashSet<>();
    ticks.forEach(of -> read.add(of.key().minute()));
    TreeMap<Long, Set<MinuteKey>> later = new TreeMap<>();
    for (MinuteKey key : ObservationStore.untradedAfter(connection, symbol, trades, session)) {
      if (read.contains(key.minute())) {
        found.here.add(key);
      } else {
        later.computeIfAbsent(key.minute(), m -> new HashSet<>()).add(key);
      }
    }
    if (!later.isEmpty()) {
      found.read(connection, symbol, session.day(), later, all, work);
    }
    return found;
  }

  private void read(
      Connection connection,
      String symbol,
      LocalDate day,
      TreeMap<Long, Set<MinuteKey>> later,
      Map<MinuteKey, List<Observation>> all,
      TickWork work)
      throws SQLException {
    KeptBytes kept = new KeptBytes(ObservationStore.bytes(connection, symbol, day, later.keySet()));
    long room = work.room() - all.values().stream().mapToLong(List::size).sum();
    Set<Long> minutes = new HashSet<>();
    for (Map.Entry<Long, Set<MinuteKey>> of : later.entrySet()) {
      long most = kept.most(of.getKey());
      if (most == 0 || kept.isOverfull(of.getKey(), work.perMinute())) {
        continue;
      }
      if (left.isEmpty() && most <= room) {
        room -= most;
        minutes.add(of.getKey());
        here.addAll(of.getValue());
      } else {
        left.addAll(of.getValue());
      }
    }
    if (!minutes.isEmpty()) {
      ObservationStore.find(connection, symbol, day, minutes).forEach(all::putIfAbsent);
    }
  }

  private static Set<ObservationStore.Traded> trades(
      List<MinuteTicks> ticks, Predicate<MinuteKey> isNew) {
    Set<ObservationStore.Traded> trades = new HashSet<>();
    for (MinuteTicks came : ticks) {
      MinuteKey key = came.key();
      if (key.expiry().isPresent() && !isNew.test(key)) {
        came.log()
            .forEach(o -> {
              if (o.get(ObservationField.VOLUME_DAY) > 0) {
                trades.add(new ObservationStore.Traded(key, o.strike(), o.side()));
              }
            });
      }
    }
    return trades;
  }

  /** Those that are read. */
  Set<MinuteKey> here() {
    return here;
  }

  /** Those for which there is no room. */
  Set<MinuteKey> left() {
    return left;
  }
}
