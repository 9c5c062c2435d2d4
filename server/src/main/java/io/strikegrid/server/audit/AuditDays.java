package io.strikegrid.server.audit;

import io.strikegrid.engine.market.Underlying;
import io.strikegrid.server.store.Database;
import io.strikegrid.server.store.GenerationStore;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The days of a store that can be audited, by symbol and date.
 *
 * @param days ascending
 * @param unknown days that have bars and no session that is known, as text
 */
public record AuditDays(List<AuditDay> days, List<String> unknown) {

  /** A day whose session ended within this is recent. */
  private static final Duration RECENT = Duration.ofHours(24);

  /** Copies the lists. */
  public AuditDays {
    days = List.copyOf(days);
    unknown = List.copyOf(unknown);
  }

  /**
   * All of a store.
   *
   * @param underlyings finds one by its symbol
   */
  public static AuditDays of(
      Database database, Function<String, Optional<Underlying>> underlyings) {
    List<AuditDay> days = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    for (GenerationStore.Row row : database.read(GenerationStore::all)) {
      if (row.hasBars()) {
        underlyings
            .apply(row.symbol())
            .flatMap(underlying -> underlying.calendar().session(row.day()))
            .ifPresentOrElse(
                session -> days.add(new AuditDay(row.symbol(), session)),
                () -> unknown.add(row.symbol() + " " + row.day()));
      }
    }
    return new AuditDays(days, unknown);
  }

  /** Some of them. */
  public AuditDays only(Predicate<AuditDay> which) {
    return new AuditDays(days.stream().filter(which).toList(), unknown);
  }

  /** The newest day of each symbol, and whatever ended less than a day ago. */
  public List<AuditDay> recent(Instant now) {
    Map<String, LocalDate> newest = newest();
    return days.stream().filter(day -> isRecent(day, newest, now)).toList();
  }

  /**
   * Days that are not {@link #recent}, in an order of chance.
   *
   * @param seed the same seed on the same days gives the same order
   */
  public List<AuditDay> older(Instant now, long seed) {
    Map<String, LocalDate> newest = newest();
    List<AuditDay> older =
        new ArrayList<>(days.stream().filter(day -> !isRecent(day, newest, now)).toList());
    Collections.shuffle(older, new Random(seed));
    return older;
  }

  private static boolean isRecent(AuditDay day, Map<String, LocalDate> newest, Instant now) {
    return day.day().equals(newest.get(day.symbol()))
        || day.session().close() > now.minus(RECENT).getEpochSecond();
  }

  private Map<String, LocalDate> newest() {
    Map<String, LocalDate> newest = new HashMap<>();
    days.forEach(day -> newest.merge(day.symbol(), day.day(), (a, b) -> b.isAfter(a) ? b : a));
    return newest;
  }
}
