package io.strikegrid.server.live;

import io.strikegrid.engine.bar.ObservationLog;
import io.strikegrid.server.rollup.MinuteTicks;
import io.strikegrid.server.rollup.TooManyStrikesException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which strikes of an expiry that has too many are taken: those that it has already, then new ones
 * in the order in which they came, as long as there is room.
 *
 * @param strikes that are taken
 */
record StrikeBound(Set<Double> strikes) {

  StrikeBound {
    strikes = Set.copyOf(strikes);
  }

  /**
   * The bound of an expiry.
   *
   * @param known strikes that it has bars of on the day
   * @param minutes what came, in order
   */
  static StrikeBound of(Set<Double> known, List<OpenMinute> minutes, LocalDate expiry) {
    Set<Double> taken = new HashSet<>(known);
    for (MinuteTicks ticks : of(minutes, expiry)) {
      ticks
          .log()
          .forEach(o -> {
            if (taken.size() < TooManyStrikesException.MOST) {
              taken.add(o.strike());
            }
          });
    }
    return new StrikeBound(taken);
  }

  private static List<MinuteTicks> of(List<OpenMinute> minutes, LocalDate expiry) {
    List<MinuteTicks> found = new ArrayList<>();
    minutes.forEach(minute -> found.addAll(minute.ticks()));
    found.removeIf(ticks -> ticks.key().expiry().filter(expiry::equals).isEmpty());
    return found;
  }

  /** Of ticks of the expiry, those that are taken. */
  MinuteTicks taken(MinuteTicks ticks) {
    return only(ticks, strikes::contains);
  }

  /** Of ticks of the expiry, those that are refused. */
  List<MinuteTicks> refused(List<OpenMinute> minutes, LocalDate expiry) {
    return of(minutes, expiry).stream()
        .map(ticks -> only(ticks, strike -> !strikes.contains(strike)))
        .filter(ticks -> ticks.log().size() > 0)
        .toList();
  }

  private static MinuteTicks only(MinuteTicks ticks, Predicate<Double> wanted) {
    ObservationLog log = new ObservationLog();
    ticks
        .log()
        .forEach(o -> {
          if (wanted.test(o.strike())) {
            log.add(o);
          }
        });
    return new MinuteTicks(ticks.key(), log);
  }
}
