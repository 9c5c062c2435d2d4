package io.strikegrid.server.chain;

import io.strikegrid.engine.grid.PageKey;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.time.Session;
import io.strikegrid.engine.time.Timeframe;
import io.strikegrid.server.pages.PageSize;
import io.strikegrid.server.platform.http.JsonWriter;
import io.strikegrid.server.view.AskedExpiry;
import io.strikegrid.server.view.Gap;
import io.strikegrid.server.view.ListedExpiries;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the bars of the asked expiries in {@code [from, to)} after their pages were let
 * go, and the time axis they share: of each session every bucket from the first to the last one
 * that has a bar in any of them.
 *
 * <p>A label is looked up on each trading day, so what stands behind it may change from one day to
 * the next. Immutable.
 */
final class ChainRange {

  private static final long BUCKET_BYTES = 16;
  private static final long PART_BYTES = 600;

  private final Underlying underlying;
  private final Timeframe timeframe;
  private final List<AskedExpiry> asked;
  private final List<Day> days;
  private final int length;
  private final Meta meta;

  private ChainRange(
      Underlying underlying,
      Timeframe timeframe,
      List<AskedExpiry> asked,
      List<Day> days,
      int length,
      Meta meta) {
    this.underlying = underlying;
    this.timeframe = timeframe;
    this.asked = asked;
    this.days = days;
    this.length = length;
    this.meta = meta;
  }

  /**
   * A trading day of the range, or a part of one between two expiries.
   *
   * @param session its session
   * @param from when it begins: the opening, or where in the session a label rolled
   * @param parts of each asked expiry; empty where it means none then
   * @param low its first bucket in the range
   * @param known after the last one there that had ended, or has a bar
   * @param first first bucket on the time axis
   * @param end after the last one
   * @param offset where the first one stands on the axis
   */
  record Day(
      Session session,
      long from,
      List<Optional<Part>> parts,
      int low,
      int known,
      int first,
      int end,
      int offset) {

    /** The part of an asked expiry by its number. */
    @Nullable Part of(int expiry) {
      return parts.get(expiry).orElse(null);
    }
  }

  /**
   * A trading day, or a part of it between two expiries, before it is looked at.
   *
   * @param from when it begins: the opening, or where in the session a label rolled
   * @param low its first bucket in the range
   * @param high after the last one
   * @param listed version of the expiries that it lists
   * @param keys the page of each asked expiry; empty where it means none then
   */
  private record Planned(
      Session session, long from, int low, int high, String listed, List<Optional<PageKey>> keys) {}

  /**
   * Finds the bars, and hands one page after the other to the fold.
   *
   * @throws io.strikegrid.server.platform.http.Problem where the range is too long, nothing is
   *     stored in it, an expiry means none on all its days, or there is not the memory for it
   */
  static ChainRange of(
      Work work,
      Underlying underlying,
      Timeframe timeframe,
      List<AskedExpiry> asked,
      TimeRange.Asked range,
      Fold fold) {
    ChainSource source = work.source();
    TimeRange within = TimeRange.of(source, underlying, timeframe, asked.size(), range);
    List<Planned> plan = plan(source, underlying, timeframe, asked, within);
    work.admit(bytes(work, timeframe, plan, asked.size(), fold));
    List<Day> days = new ArrayList<>();
    Meta meta = new Meta(underlying, timeframe);
    if (asked.stream().anyMatch(one -> one.date() == null)) {
      plan.forEach(of -> meta.depend("listed " + of.listed)); // what labels count
    }
    int length = 0;
    long now = source.now();
    List<Day> silent = new ArrayList<>(); // parts of a session before its first bar
    for (Planned planned : plan) {
      Day day = look(work, underlying, timeframe, planned, now, days.size(), length, fold);
      silent.removeIf(before -> !before.session.equals(day.session));
      if (day.end > day.first) {
        silent.forEach(before -> note(before, timeframe, meta));
        silent.clear();
        note(day, timeframe, meta);
        days.add(day);
        length += day.end - day.first;
      } else {
        fold.drop(days.size());
        boolean isOfADayWithBars = !days.isEmpty() && days.getLast().session.equals(day.session);
        if (isOfADayWithBars) {
          note(day, timeframe, meta);
        } else {
          silent.add(day);
        }
      }
    }
    if (days.isEmpty()) {
      throw within.nothing(source, underlying);
    }
    return new ChainRange(underlying, timeframe, asked, days, length, meta);
  }

  private static List<Planned> plan(
      ChainSource source,
      Underlying underlying,
      Timeframe timeframe,
      List<AskedExpiry> asked,
      TimeRange within) {
    List<Planned> plan = new ArrayList<>();
    boolean[] resolved = new boolean[asked.size()];
    for (Session session : within.sessions()) {
      ListedExpiries listed = source.listed(underlying, session);
      int low = within.firstBucket(session, timeframe);
      long from = session.open();
      int before = plan.size();
      for (long end : ends(underlying, session, listed, asked)) {
        int high = Math.min(within.endBucket(session, timeframe), session.ended(timeframe, end));
        boolean isOnly = end == session.close() && plan.size() == before;
        if (high > low || isOnly) {
          List<Optional<PageKey>> keys = new ArrayList<>();
          for (int i = 0; i < asked.size(); i++) {
            Optional<LocalDate> expiry = asked.get(i).on(listed.at(end));
            resolved[i] |= expiry.isPresent();
            keys.add(
                expiry.map(one -> new PageKey(underlying.symbol(), one, timeframe, session.day())));
          }
          plan.add(new Planned(session, from, low, Math.max(low, high), listed.version(), keys));
          low = Math.max(low, high);
        }
        from = end;
      }
    }
    for (int i = 0; i < resolved.length; i++) {
      if (!resolved[i]) {
        throw asked.get(i).unknown(source.listed(underlying, within.sessions().getLast()));
      }
    }
    return plan;
  }

  /** When labels of a session roll, and its close; without labels that alone. */
  private static List<Long> ends(
      Underlying underlying, Session session, ListedExpiries listed, List<AskedExpiry> asked) {
    List<Long> ends = new ArrayList<>();
    if (asked.stream().anyMatch(one -> one.date() == null)) {
      for (LocalDate expiry : listed.calendar().onOrAfter(session.day())) {
        long at = underlying.calendar().expiryAt(expiry).getEpochSecond();
        if (at > session.open() && at < session.close()) {
          ends.add(at);
        }
      }
    }
    ends.add(session.close());
    return ends;
  }

  /** Most bytes that the answer takes: what is kept, and the largest of its pages. */
  private static long bytes(
      Work work, Timeframe timeframe, List<Planned> plan, int expiries, Fold fold) {
    Map<PageKey, Session> pages = new HashMap<>();
    long buckets = 0;
    for (Planned day : plan) {
      Session session = day.session;
      day.keys.forEach(key -> key.ifPresent(one -> pages.put(one, session)));
      buckets += day.high - day.low;
    }
    PageSize largest = largest(work, pages);
    long minutes = 0;
    if (fold.needsMinutes() && timeframe != Timeframe.MIN1) {
      Map<PageKey, Session> ofMinutes = new HashMap<>();
      pages.forEach((key, session) ->
          ofMinutes.put(
              new PageKey(key.symbol(), key.expiry(), Timeframe.MIN1, key.day()), session));
      minutes = largest(work, ofMinutes).pageBytes();
    }
    return largest.pageBytes()
        + minutes
        + BUCKET_BYTES * buckets
        + PART_BYTES * plan.size() * expiries
        + fold.bytes(buckets, plan.size(), expiries, largest.strikes());
  }

  private static PageSize largest(Work work, Map<PageKey, Session> pages) {
    return work.sizes(pages).values().stream().reduce(new PageSize(0, 0, 0), PageSize::orLarger);
  }

  private static Day look(
      Work work,
      Underlying underlying,
      Timeframe timeframe,
      Planned planned,
      long now,
      int number,
      int offset,
      Fold fold) {
    Session session = planned.session;
    int low = planned.low;
    int high = planned.high;
    List<Optional<Part>> parts = new ArrayList<>();
    int first = Integer.MAX_VALUE;
    int end = 0;
    for (int i = 0; i < planned.keys.size(); i++) {
      Optional<PageKey> key = planned.keys.get(i);
      if (key.isEmpty()) {
        parts.add(Optional.empty());
        continue;
      }
      work.checkWaitedFor();
      ChainSource.Bars bars = work.bars(underlying, key.get().expiry(), timeframe, session);
      Part part = Part.of(bars, low, high);
      fold.take(number, i, bars, part);
      work.letGo();
      parts.add(Optional.of(part));
      if (part.hasBars()) {
        first = Math.min(first, part.first());
        end = Math.max(end, part.last());
      }
    }
    int known = Math.max(end, Math.min(high, session.ended(timeframe, now)));
    int begin = end == 0 ? 0 : first;
    return new Day(session, planned.from, parts, low, known, begin, end, offset);
  }

  /** What of the buckets in the range had ended by now, and those that have a bar. */
  private static void note(Day day, Timeframe timeframe, Meta meta) {
    List<Part> parts = new ArrayList<>();
    day.parts.forEach(part -> part.ifPresent(parts::add));
    parts.forEach(meta::add);
    meta.buckets(
        day.session,
        timeframe,
        bucket -> parts.stream().anyMatch(part -> part.hasBar(bucket)),
        day.low,
        day.known);
  }

  Underlying underlying() {
    return underlying;
  }

  Timeframe timeframe() {
    return timeframe;
  }

  List<AskedExpiry> asked() {
    return asked;
  }

  /** Days that have a bar in the range, ascending. */
  List<Day> days() {
    return days;
  }

  /** Number of buckets on the axis. */
  int length() {
    return length;
  }

  /** Start of each bucket on the axis, epoch seconds UTC. */
  long[] times() {
    long[] times = new long[length];
    for (Day day : days) {
      for (int b = day.first; b < day.end; b++) {
        times[day.offset + b - day.first] = day.session.bucketStart(timeframe, b);
      }
    }
    return times;
  }

  Meta meta() {
    return meta;
  }

  /** The strike gap of the newest date behind an asked expiry. */
  Gap gap(int expiry) {
    for (Day day : days.reversed()) {
      Part part = day.of(expiry);
      if (part != null) {
        return part.gap();
      }
    }
    return Gap.NONE;
  }

  void writeTimes(JsonWriter out) throws IOException {
    out.startArray("time");
    for (Day day : days) {
      for (int b = day.first; b < day.end; b++) {
        out.whole(day.session.bucketStart(timeframe, b));
      }
    }
    out.endArray();
  }

  /** Writes since when which date stands behind an asked expiry. */
  void writeRolls(JsonWriter out, int expiry) throws IOException {
    out.startArray("rolls");
    LocalDate before = null;
    for (Day day : days) {
      Part part = day.of(expiry);
      LocalDate now = part == null ? null : part.key().expiry();
      if (now != null && !now.equals(before)) {
        out.startObject();
        out.whole("from", day.from);
        out.text("expiry", now.toString());
        out.endObject();
        before = now;
      }
    }
    out.endArray();
  }
}
