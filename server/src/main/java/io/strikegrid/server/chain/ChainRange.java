package io.strikegrid.server.chain;

import io.strikegrid.engine.grid.BucketField;
import io.strikegrid.engine.grid.GridPage;
import io.strikegrid.engine.market.ExpiryCalendar;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.time.Session;
import io.strikegrid.engine.time.Timeframe;
import io.strikegrid.server.platform.http.JsonWriter;
import io.strikegrid.server.view.AskedExpiry;
import io.strikegrid.server.view.Gap;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The bars of the asked expiries in {@code [from, to)}, and the time axis they share: of each
 * session every bucket from the first to the last one that has a bar in any of them.
 *
 * <p>A label is looked up on each trading day, so what stands behind it may change from one day to
 * the next. Immutable.
 */
final class ChainRange {

  private final Underlying underlying;
  private final Timeframe timeframe;
  private final List<AskedExpiry> asked;
  private final List<Day> days;
  private final long[] times;
  private final Meta meta;

  private ChainRange(
      Underlying underlying,
      Timeframe timeframe,
      List<AskedExpiry> asked,
      List<Day> days,
      long[] times,
      Meta meta) {
    this.underlying = underlying;
    this.timeframe = timeframe;
    this.asked = asked;
    this.days = days;
    this.times = times;
    this.meta = meta;
  }

  /**
   * A trading day of the range.
   *
   * @param session its session
   * @param bars of each asked expiry; empty where it means none on this day
   * @param first first bucket on the time axis
   * @param end after the last one
   * @param offset where the first one stands on the axis
   */
  record Day(
      Session session, List<Optional<ChainSource.Bars>> bars, int first, int end, int offset) {

    /** The bars of an asked expiry by its number. */
    ChainSource.@Nullable Bars of(int expiry) {
      return bars.get(expiry).orElse(null);
    }

    /** After the last bucket of the axis that a page has. */
    int end(GridPage page) {
      return Math.max(first, Math.min(end, page.buckets()));
    }
  }

  /**
   * Finds the bars.
   *
   * @throws io.strikegrid.server.platform.http.Problem where the range is too long, nothing is
   *     stored in it, or an expiry means none on all its days
   */
  static ChainRange of(
      ChainSource source,
      Underlying underlying,
      Timeframe timeframe,
      List<AskedExpiry> asked,
      TimeRange.Asked range) {
    TimeRange within = TimeRange.of(source, underlying, timeframe, asked.size(), range);
    Meta meta = new Meta(underlying, timeframe);
    List<Day> days = new ArrayList<>();
    boolean[] resolved = new boolean[asked.size()];
    int count = 0;
    for (Session session : within.sessions()) {
      ExpiryCalendar listed = source.listed(underlying, session.day());
      List<Optional<ChainSource.Bars>> bars = new ArrayList<>();
      for (int i = 0; i < asked.size(); i++) {
        Optional<LocalDate> expiry = asked.get(i).on(listed, session.day());
        resolved[i] |= expiry.isPresent();
        bars.add(expiry.map(one -> source.bars(underlying, one, timeframe, session)));
      }
      Day day = axis(session, bars, within, timeframe, count);
      if (day.end > day.first) {
        days.add(day);
        count += day.end - day.first;
      }
    }
    checkResolved(source, underlying, asked, resolved, within);
    if (days.isEmpty()) {
      throw within.nothing(source, underlying);
    }
    return new ChainRange(
        underlying, timeframe, asked, days, times(days, timeframe, count, meta), meta);
  }

  private static void checkResolved(
      ChainSource source,
      Underlying underlying,
      List<AskedExpiry> asked,
      boolean[] resolved,
      TimeRange within) {
    for (int i = 0; i < resolved.length; i++) {
      if (!resolved[i]) {
        LocalDate last = within.sessions().getLast().day();
        throw asked.get(i).unknown(source.listed(underlying, last), last);
      }
    }
  }

  private static Day axis(
      Session session,
      List<Optional<ChainSource.Bars>> bars,
      TimeRange within,
      Timeframe timeframe,
      int offset) {
    int low = within.firstBucket(session, timeframe);
    int high = within.endBucket(session, timeframe);
    int first = Integer.MAX_VALUE;
    int end = 0;
    for (Optional<ChainSource.Bars> one : bars) {
      if (one.isPresent()) {
        GridPage page = one.get().page();
        int last = Math.min(high, page.buckets());
        while (last > low && !page.hasBar(last - 1)) {
          last--;
        }
        int start = low;
        while (start < last && !page.hasBar(start)) {
          start++;
        }
        if (start < last) {
          first = Math.min(first, start);
          end = Math.max(end, last);
        }
      }
    }
    return new Day(session, bars, end == 0 ? 0 : first, end, offset);
  }

  private static long[] times(List<Day> days, Timeframe timeframe, int count, Meta meta) {
    long[] times = new long[count];
    for (Day day : days) {
      List<GridPage> pages = new ArrayList<>();
      for (Optional<ChainSource.Bars> bars : day.bars) {
        if (bars.isPresent()) {
          pages.add(bars.get().page());
          meta.add(bars.get());
        }
      }
      for (int b = day.first; b < day.end; b++) {
        times[day.offset + b - day.first] = day.session.bucketStart(timeframe, b);
      }
      meta.buckets(day.session, pages, day.first, day.end);
    }
    return times;
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
    return times.length;
  }

  /** Start of a bucket on the axis, epoch seconds UTC. */
  long time(int position) {
    return times[position];
  }

  Meta meta() {
    return meta;
  }

  /** The strike gap of the newest date behind an asked expiry. */
  Gap gap(int expiry) {
    for (Day day : days.reversed()) {
      ChainSource.Bars bars = day.of(expiry);
      if (bars != null) {
        return bars.gap();
      }
    }
    return Gap.NONE;
  }

  /** A value of each bucket of the axis as a whole, of an asked expiry; NaN where unknown. */
  double[] values(int expiry, BucketField field) {
    double[] values = new double[times.length];
    Arrays.fill(values, Double.NaN);
    for (Day day : days) {
      ChainSource.Bars bars = day.of(expiry);
      if (bars != null) {
        int end = day.end(bars.page());
        for (int b = day.first; b < end; b++) {
          values[day.offset + b - day.first] = bars.page().bucketValue(field, b);
        }
      }
    }
    return values;
  }

  void writeTimes(JsonWriter out) throws IOException {
    out.startArray("time");
    for (long time : times) {
      out.whole(time);
    }
    out.endArray();
  }

  /** Writes from which trading day on which date stands behind an asked expiry. */
  void writeRolls(JsonWriter out, int expiry) throws IOException {
    out.startArray("rolls");
    LocalDate before = null;
    for (Day day : days) {
      ChainSource.Bars bars = day.of(expiry);
      LocalDate now = bars == null ? null : bars.page().key().expiry();
      if (now != null && !now.equals(before)) {
        out.startObject();
        out.whole("from", day.session.open());
        out.text("expiry", now.toString());
        out.endObject();
        before = now;
      }
    }
    out.endArray();
  }
}
