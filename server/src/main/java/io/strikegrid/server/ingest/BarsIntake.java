package io.strikegrid.server.ingest;

import io.strikegrid.engine.bar.BarBuilder;
import io.strikegrid.engine.bar.Observation;
import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.time.Session;
import io.strikegrid.server.rollup.DayCommit;
import io.strikegrid.server.rollup.ObservedDay;
import io.strikegrid.server.rollup.TooManyStrikesException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Bars of one request, grouped by symbol and trading day, then committed. One thread. */
final class BarsIntake {

  private record Day(Underlying underlying, Session session) {}

  /**
   * A bar that was refused.
   *
   * @param index its position in the request
   * @param refusal why
   */
  record Rejected(int index, Refusal refusal) {}

  private final Map<Day, TreeMap<LocalDate, List<Observation>>> days = new HashMap<>();
  private final List<Rejected> rejected = new ArrayList<>();
  private int received;
  private long written;
  private long unchanged;

  void add(BarsReader.Bar bar) {
    received++;
    days.computeIfAbsent(new Day(bar.underlying(), bar.session()), d -> new TreeMap<>())
        .computeIfAbsent(bar.expiry(), e -> new ArrayList<>())
        .addAll(bar.sides());
  }

  void reject(int index, Refusal refusal) {
    received++;
    rejected.add(new Rejected(index, refusal));
  }

  /** Commits each day in a transaction; when this returns, what was accepted is durable. */
  void commit(DayCommit commit, Provenance provenance) {
    days.forEach((day, expiries) -> {
      ObservedDay source = new ObservedDay(expiries, true, day.session().close());
      DayCommit.Outcome outcome;
      try {
        outcome = commit.commit(day.underlying(), day.session(), provenance, source);
      } catch (TooManyStrikesException e) {
        rejectAll(expiries, tooManyStrikes());
        return;
      }
      if (outcome.mixed()) {
        rejectAll(expiries, mixed(provenance));
        return;
      }
      source.results().values().forEach(this::rejectConflicts);
      source.results().values().forEach(result -> result.dropouts().forEach(this::rejectDropout));
      written += outcome.written();
      unchanged += outcome.unchanged();
    });
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

  private void rejectAll(TreeMap<LocalDate, List<Observation>> expiries, Refusal refusal) {
    Set<Integer> indexes = new TreeSet<>();
    expiries.values().forEach(sides -> sides.forEach(o -> indexes.add(o.line())));
    indexes.forEach(i -> rejected.add(new Rejected(i, refusal)));
  }

  private void rejectConflicts(BarBuilder.Result result) {
    Set<Integer> indexes = new TreeSet<>();
    result.conflicts().forEach(o -> indexes.add(o.line()));
    for (Integer index : indexes) {
      rejected.add(
          new Rejected(
              index,
              new Refusal("second_bar", "bucket_time", "", "one bar for a contract and minute")));
    }
  }

  private void rejectDropout(Observation dropout) {
    rejected.add(
        new Rejected(
            dropout.line(),
            new Refusal(
                "dropout",
                dropout.side().label() + "_volume_day",
                "0",
                "at least what it was before on the same day, or the side is unknown")));
  }

  int received() {
    return received;
  }

  long written() {
    return written;
  }

  long unchanged() {
    return unchanged;
  }

  List<Rejected> rejected() {
    return rejected;
  }
}
