package io.strikegrid.server.chain;

import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.engine.grid.GridPage;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.time.Session;
import io.strikegrid.engine.time.Timeframe;
import io.strikegrid.server.platform.http.JsonWriter;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/** What an answer was made from, collected while it is made. For one thread. */
final class Meta {

  private final Underlying underlying;
  private final Timeframe timeframe;
  private final TreeMap<LocalDate, Long> days = new TreeMap<>();
  private final StringBuilder version = new StringBuilder();
  private final List<Range> gaps = new ArrayList<>();
  private int provenances;
  private int observed;
  private int counted;
  private OptionalLong newest = OptionalLong.empty();
  private final List<String> running = new ArrayList<>();
  private long provisionalFrom = Long.MAX_VALUE;

  Meta(Underlying underlying, Timeframe timeframe) {
    this.underlying = underlying;
    this.timeframe = timeframe;
    version.append(underlying.hashCode()).append('\n'); // its rules decide on levels and labels
  }

  /** A stretch of time, {@code [from, to)}, epoch seconds UTC. */
  record Range(long from, long to) {}

  /** Bars of a page are part of the answer. */
  void add(ChainSource.Bars bars) {
    add(Part.of(bars, 0, 0));
  }

  /** Bars of a page are part of the answer. */
  void add(Part part) {
    LocalDate day = part.key().day();
    days.merge(day, part.generation(), Math::min);
    provenances |= part.provenances();
    depend(part.key().expiry() + " " + day + " " + part.generation());
    if (part.provisionalFrom().isPresent()) {
      provisionalFrom = Math.min(provisionalFrom, part.provisionalFrom().getAsLong());
      running.add(part.key().expiry() + " running " + part.sequence());
    }
  }

  /** The content depends on something else too. */
  void depend(String what) {
    version.append(what).append('\n');
  }

  /** A bar that begins at this time is part of the answer. */
  void seen(long bucketStart) {
    newest = OptionalLong.of(Math.max(newest.orElse(0), bucketStart));
  }

  /**
   * Buckets of a day, with the bars of any of its pages, are part of the answer; days ascending.
   *
   * @param of length of the buckets
   */
  void buckets(Session session, Timeframe of, IntPredicate hasBar, int first, int end) {
    for (int b = first; b < end; b++) {
      long start = session.bucketStart(of, b);
      if (hasBar.test(b)) {
        seen(start);
        observed++;
      } else {
        missing(start, Math.min(session.close(), start + of.seconds()));
      }
    }
    counted += Math.max(0, end - first);
    depend(session.day() + " to " + end); // grows with time alone
  }

  /** Whether any page has a bar in a bucket. */
  static boolean hasBar(List<GridPage> pages, int bucket) {
    for (GridPage page : pages) {
      if (bucket < page.buckets() && page.hasBar(bucket)) {
        return true;
      }
    }
    return false;
  }

  /** A bucket of a session had no bar; the next one may be said after it only. */
  private void missing(long bucketStart, long end) {
    Range last = gaps.isEmpty() ? null : gaps.getLast();
    if (last != null && last.to == bucketStart) {
      gaps.set(gaps.size() - 1, new Range(last.from, end));
    } else {
      gaps.add(new Range(bucketStart, end));
    }
  }

  /** What the answer depends on. */
  String version() {
    return isProvisional() ? version + String.join("\n", running) : version.toString();
  }

  /** Whether anything in the answer is not committed yet. */
  private boolean isProvisional() {
    return newest.isPresent() && newest.getAsLong() >= provisionalFrom;
  }

  void write(JsonWriter out) throws IOException {
    out.startObject("meta");
    out.text("symbol", underlying.symbol());
    out.text("timeframe", timeframe.label());
    out.text("zone", underlying.calendar().zone().getId());
    if (newest.isPresent()) {
      out.whole("as_of", newest.getAsLong());
    } else {
      out.nothing("as_of");
    }
    out.startArray("days");
    for (Map.Entry<LocalDate, Long> day : days.entrySet()) {
      out.startObject();
      out.text("trading_day", day.getKey().toString());
      out.whole("generation", day.getValue());
      out.endObject();
    }
    out.endArray();
    out.startArray("provenance");
    for (Provenance provenance : Provenance.values()) {
      if ((provenances & (1 << provenance.code())) != 0) {
        out.text(provenance.label());
      }
    }
    out.endArray();
    out.flag("provisional", isProvisional());
    out.startArray("gaps");
    for (Range gap : gaps) {
      out.startObject();
      out.whole("from", gap.from);
      out.whole("to", gap.to);
      out.endObject();
    }
    out.endArray();
    out.startObject("coverage");
    out.whole("observed", observed);
    out.whole("of", counted);
    out.endObject();
    out.endObject();
  }
}
