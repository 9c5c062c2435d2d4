package io.strikegrid.server.ingest;

import io.strikegrid.engine.bar.BarBuilder;
import io.strikegrid.engine.bar.Observation;
import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.time.Session;
import io.strikegrid.server.rollup.DayCommit;
import io.strikegrid.server.rollup.TooManyStrikesException;
import io.strikegrid.server.store.BarStore;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Bars of one request, grouped by symbol and trading day, then committed. One thread. */
final class BarsIntake {

  private record Day(Underlying underlying, Session session) {}

  private final Map<Day, TreeMap<LocalDate, List<Observation>>> days = new HashMap<>();
  private final TreeMap<Integer, Refusal> rejected = new TreeMap<>();
  private final KnownStrikes strikes;
  private int received;
  private int written;
  private int unchanged;
  private int rederived;

  BarsIntake(KnownStrikes strikes) {
    this.strikes = strikes;
  }

  /** Adds a bar; its two sides bear its position in the request as their line. */
  void add(BarsReader.Bar bar) {
    received++;
    days.computeIfAbsent(new Day(bar.underlying(), bar.session()), d -> new TreeMap<>())
        .computeIfAbsent(bar.expiry(), e -> new ArrayList<>())
        .addAll(bar.sides());
  }

  /** A bar at a position of the request that cannot be read. */
  void reject(int index, Refusal refusal) {
    received++;
    rejected.put(index, refusal);
  }

  /** Commits each day in a transaction; when this returns, what was accepted is durable. */
  void commit(DayCommit commit, Provenance provenance) {
    Set<Session> refused =
        commit.tooManyNewDays(days.keySet().stream().map(Day::session).distinct().toList());
    days.forEach((day, expiries) -> {
      if (refused.contains(day.session())) {
        expiries.values().forEach(bars -> rejectAll(bars, tooManyNewDays(day)));
      } else {
        commit(commit, provenance, day, expiries);
      }
    });
  }

  private static Refusal tooManyNewDays(Day day) {
    return new Refusal(
        "too_many_new_days",
        "bucket_time",
        day.session().day().toString(),
        "of a day that is stored, or of the newest "
            + BarStore.MOST_NEW_DAYS
            + " that are not: a request may open no more");
  }

  private void commit(
      DayCommit commit,
      Provenance provenance,
      Day day,
      TreeMap<LocalDate, List<Observation>> expiries) {
    TreeMap<LocalDate, List<Observation>> left = new TreeMap<>(expiries);
    while (!left.isEmpty()) {
      BarsDay source = new BarsDay(left, day.session().close());
      DayCommit.Outcome outcome;
      try {
        outcome = commit.commit(day.underlying(), day.session(), provenance, source);
      } catch (TooManyStrikesException e) {
        refuseStrikes(day, left, e.expiry());
        continue;
      }
      if (outcome.mixed()) {
        left.values().forEach(bars -> rejectAll(bars, mixed(provenance)));
      } else {
        source.results().values().forEach(this::rejectConflicts);
        source.results().values().forEach(result -> result.dropouts().forEach(this::rejectDropout));
        count(source, left);
      }
      return;
    }
  }

  /** Leaves bars of strikes that are stored, and of as many others as there is room for. */
  private void refuseStrikes(
      Day day, TreeMap<LocalDate, List<Observation>> left, LocalDate expiry) {
    List<Observation> bars = left.get(expiry);
    if (bars == null) {
      left.values().forEach(of -> rejectAll(of, tooManyStrikes()));
      left.clear();
      return;
    }
    Set<Double> known = new HashSet<>();
    for (double strike : strikes.stored(day.underlying().symbol(), day.session(), expiry)) {
      known.add(strike);
    }
    List<Observation> kept = new ArrayList<>();
    for (Observation bar : bars) {
      if (known.contains(bar.strike()) || known.size() < TooManyStrikesException.MOST) {
        known.add(bar.strike());
        kept.add(bar);
      } else {
        rejected.putIfAbsent(bar.line(), tooManyStrikes());
      }
    }
    if (kept.size() == bars.size() || kept.isEmpty()) {
      rejectAll(kept, tooManyStrikes());
      left.remove(expiry);
    } else {
      left.put(expiry, kept);
    }
  }

  /** Counts bars by what became of their rows; the two sides of one are one bar. */
  private void count(BarsDay day, TreeMap<LocalDate, List<Observation>> expiries) {
    expiries.forEach((expiry, sides) -> {
      for (Observation side : sides) {
        if (side.side() == Side.CALL && !rejected.containsKey(side.line())) {
          boolean isChanged = day.isChanged(expiry, side);
          written += isChanged ? 1 : 0;
          unchanged += isChanged ? 0 : 1;
        }
      }
    });
    rederived += day.rederived(expiries);
  }

  private static Refusal tooManyStrikes() {
    return new Refusal(
        "too_many_strikes",
        "strike",
        "more",
        "one of at most " + TooManyStrikesException.MOST + " of an expiry on a trading day");
  }

  private static Refusal mixed(Provenance provenance) {
    return new Refusal(
        "mixed_provenance",
        "provenance",
        provenance.label(),
        "the kind that the symbol's day has already: simulated or real, never both");
  }

  private void rejectAll(List<Observation> bars, Refusal refusal) {
    bars.forEach(o -> rejected.putIfAbsent(o.line(), refusal));
  }

  private void rejectConflicts(BarBuilder.Result result) {
    rejectAll(
        result.conflicts(),
        new Refusal("second_bar", "bucket_time", "", "one bar for a contract and minute"));
  }

  private void rejectDropout(Observation dropout) {
    rejected.putIfAbsent(
        dropout.line(),
        new Refusal(
            "dropout",
            dropout.side().label() + "_volume_day",
            "0",
            "at least what it was before on the same day, or the side is unknown"));
  }

  /** Bars in the request. */
  int received() {
    return received;
  }

  /** Bars that broke no rule. */
  int accepted() {
    return received - rejected.size();
  }

  /** Accepted bars whose row in the store was added or changed. */
  int written() {
    return written;
  }

  /** Accepted bars that were there already. */
  int unchanged() {
    return unchanged;
  }

  /** Rows that were written again although no bar came for them. */
  int rederived() {
    return rederived;
  }

  /** Why bars were refused, by their position in the request. */
  SortedMap<Integer, Refusal> rejected() {
    return rejected;
  }
}
