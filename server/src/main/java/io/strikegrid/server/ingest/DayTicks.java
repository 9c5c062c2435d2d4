package io.strikegrid.server.ingest;

import io.strikegrid.engine.bar.BarBuilder;
import io.strikegrid.engine.bar.Observation;
import io.strikegrid.engine.bar.ObservationField;
import io.strikegrid.engine.time.Session;
import io.strikegrid.server.live.Tick;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The ticks that make the same bars as importing a day does: what its profile lets through within
 * the session, less the dropouts and second bars. An underlying's price that only came with one of
 * those, and was the last of its minute, becomes a tick of its own.
 */
final class DayTicks {

  private record Quote(long millis, double price) {
    boolean isAfter(Quote other) {
      return millis > other.millis || (millis == other.millis && price > other.price);
    }
  }

  private final StagedDay day;
  private final Session session;
  private final List<Tick> ticks;

  private DayTicks(StagedDay day, Session session, List<Tick> ticks) {
    this.day = day;
    this.session = session;
    this.ticks = ticks;
  }

  /** Adds those of a judged day. */
  static void add(StagedDay day, Session session, List<Tick> ticks) throws IOException {
    DayTicks made = new DayTicks(day, session, ticks);
    for (LocalDate expiry : day.expiries()) {
      made.add(expiry);
    }
  }

  private void add(LocalDate expiry) throws IOException {
    BarBuilder.Result built = day.bars(expiry, BarBuilder.TradedBefore.NOTHING);
    Set<Observation> left = new TreeSet<>(Observation.ORDER);
    left.addAll(built.dropouts());
    left.addAll(built.conflicts());
    Map<Long, Quote> sent = new HashMap<>();
    List<Observation> notSent = new ArrayList<>();
    for (Observation o : day.observations(expiry)) {
      if (o.time() >= session.close()) {
        continue;
      }
      if (o.isEmpty() || left.contains(o)) {
        notSent.add(o);
      } else {
        ticks.add(new Tick(day.underlying(), session, Optional.of(expiry), o));
        note(o, sent);
      }
    }
    if (!day.isReadyMade()) {
      addUnderlying(notSent, sent);
    }
  }

  private void addUnderlying(List<Observation> notSent, Map<Long, Quote> sent) {
    Map<Long, Quote> others = new HashMap<>();
    notSent.forEach(o -> note(o, others));
    others.forEach((minute, quote) -> {
      Quote known = sent.get(minute);
      if (known == null || quote.isAfter(known)) {
        ticks.add(Tick.ofUnderlying(day.underlying(), session, quote.millis(), quote.price()));
      }
    });
  }

  private static void note(Observation o, Map<Long, Quote> last) {
    double price = o.get(ObservationField.UNDERLYING);
    if (price > 0) {
      Quote quote = new Quote(o.millis(), price);
      last.merge(
          Math.floorDiv(o.time(), 60), quote, (before, now) -> now.isAfter(before) ? now : before);
    }
  }
}
