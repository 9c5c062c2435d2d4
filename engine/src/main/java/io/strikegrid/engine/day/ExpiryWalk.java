package io.strikegrid.engine.day;

import io.strikegrid.engine.bar.BarColumns;
import io.strikegrid.engine.bar.BarTable;
import io.strikegrid.engine.bar.BucketFold;
import io.strikegrid.engine.bar.DayVolumes;
import io.strikegrid.engine.market.Moneyness;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.measure.ChainState;
import io.strikegrid.engine.measure.MinuteMetrics;
import io.strikegrid.engine.pricing.BarPricing;
import io.strikegrid.engine.time.Session;
import io.strikegrid.engine.time.Timeframe;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Derives an expiry's day, minute after minute in order of time: volume, underlying, volatility and
 * Greeks, level, and the state of the chain. One walk, one thread.
 */
final class ExpiryWalk {

  private static final BarTable NO_BARS = new BarTable(0);

  private final Underlying underlying;
  private final DayVolumes volumes;
  private final LocalDate expiry;
  private final ExpiryDay before;
  private final Meeting meeting;
  private final NavigableMap<Long, ChainContext> contexts;
  private final BarPricing pricing = new BarPricing();
  private final RowChanges changes;
  private final TreeMap<Long, MinuteMetrics> metrics = new TreeMap<>();
  private final TreeMap<Long, Map<Timeframe, Integer>> carried = new TreeMap<>();
  private final List<ExpiryPlan.Contract> firstSeen = new ArrayList<>();
  private ContractStates states;
  private FirstTrades trades = new FirstTrades();
  private DayGap gap = DayGap.NONE;

  /**
   * Starts.
   *
   * @param before what is known of the expiry
   * @param meeting what came, put to that
   * @param contexts of the touched minutes
   */
  ExpiryWalk(
      Underlying underlying,
      Session session,
      DayVolumes volumes,
      LocalDate expiry,
      ExpiryDay before,
      Meeting meeting,
      NavigableMap<Long, ChainContext> contexts) {
    this.underlying = underlying;
    this.volumes = volumes;
    this.expiry = expiry;
    this.before = before;
    this.meeting = meeting;
    this.changes = new RowChanges(meeting.came());
    this.contexts = contexts;
    this.states = new ContractStates(session.open());
  }

  /** Adds minutes after all that are known, which need not be in memory. */
  ExpiryPlan append() {
    states = before.end().copy();
    trades = before.trades().copy();
    gap = before.gap();
    meeting.minutes().forEach(this::step);
    Map<Timeframe, BarTable> buckets = new EnumMap<>(Timeframe.class);
    Map<Timeframe, BucketFold> folds = new EnumMap<>(Timeframe.class);
    BarTable rows = changes.rows();
    before
        .newestBuckets()
        .forEach((timeframe, fold) -> {
          BucketFold.Added added = fold.add(rows);
          buckets.put(timeframe, added.buckets());
          folds.put(timeframe, added.fold());
        });
    DayBars bars = before.bars();
    return plan(true, rows, buckets, day(bars == null ? null : bars.with(changes.after()), folds));
  }

  /** Goes through the day from a minute on; its bars are in memory. */
  ExpiryPlan from(long first) {
    DayBars bars = before.bars();
    if (bars == null) {
      throw new IllegalStateException("the bars of " + expiry + " are not in memory");
    }
    bars.minutes()
        .headMap(first, false)
        .forEach((minute, of) -> {
          states.take(of, underlying.pricing().tick());
          trades.take(of);
          if (minute >= Timeframe.MIN15.floor(first)) {
            noteCarried(minute);
          }
        });
    gap = before.gap().since() < first ? before.gap() : DayGap.NONE;
    TreeMap<Long, BarTable> minutes = new TreeMap<>(bars.minutes().tailMap(first, true));
    minutes.putAll(meeting.minutes());
    minutes.forEach(this::step);
    DayBars now = bars.with(changes.after());
    BarTable rows = changes.rows();
    return plan(false, rows, buckets(now), day(now, ExpiryDay.folds(now)));
  }

  private ExpiryDay day(@Nullable DayBars bars, Map<Timeframe, BucketFold> folds) {
    TreeMap<Long, MinuteMetrics> all = new TreeMap<>(before.metrics());
    all.putAll(metrics);
    all.keySet().removeIf(changes::isGone);
    return new ExpiryDay(
        bars, before.under().with(meeting.under()), all, states, trades, gap, folds);
  }

  private void step(long minute, BarTable bars) {
    BarTable known = before.bar(minute);
    BarTable stored = known == null ? NO_BARS : known;
    if (bars.rows() == 0) {
      changes.note(minute, bars, stored);
      return;
    }
    BarTable ours = volumes(bars, stored);
    ChainContext context = contexts.get(minute);
    MinuteTerms terms = context != null && context.has(expiry) ? context.of(expiry) : null;
    if (terms != null) {
      ours = own(ours, stored);
      terms.writeTo(ours);
      pricing.apply(ours, terms.terms(), terms.forward());
    }
    noteFirstSeen(ours);
    states.take(ours, underlying.pricing().tick());
    trades.take(ours);
    noteCarried(minute);
    MinuteMetrics row = before.metrics().get(minute);
    double price = terms != null ? terms.underlying() : row == null ? Double.NaN : row.underlying();
    gap = gap.at(states, price, underlying.strikeGap());
    ours = levels(ours, stored);
    changes.note(minute, ours, stored);
    noteMetrics(minute, terms, row);
  }

  /** Contracts that have no bar of the bucket that the minute is the newest of. */
  private void noteCarried(long minute) {
    carried.put(
        minute,
        before.newestBuckets().keySet().stream()
            .collect(Collectors.toMap(t -> t, t -> states.carried(t.floor(minute)))));
  }

  /** A table that may be changed. */
  private static BarTable own(BarTable bars, BarTable stored) {
    return bars == stored ? bars.copy() : bars;
  }

  private BarTable volumes(BarTable bars, BarTable stored) {
    if (!volumes.isOutOfDate(bars, states)) {
      return bars;
    }
    BarTable ours = own(bars, stored);
    volumes.derive(ours, states);
    return ours;
  }

  private void noteFirstSeen(BarTable bars) {
    for (int row = 0; row < bars.rows(); row++) {
      for (Side side : Side.values()) {
        double strike = bars.strike(row);
        if (bars.isObserved(row, side)
            && !states.isObserved(side, strike)
            && !before.end().isObserved(side, strike)) {
          firstSeen.add(new ExpiryPlan.Contract(strike, side));
        }
      }
    }
  }

  /** Each row's level by its own underlying, among the strikes that were listed by then. */
  private BarTable levels(BarTable bars, BarTable stored) {
    BarTable ours = bars;
    for (int row = 0; row < bars.rows(); row++) {
      int atm = states.atTheMoney(bars.get(row, BarColumns.UNDERLYING_CLOSE));
      boolean isKnown = atm >= 0 && !Double.isNaN(gap.size());
      int level = isKnown ? Moneyness.level(bars.strike(row), states.strike(atm), gap.size()) : 0;
      boolean fits = isKnown && Math.abs(level) <= Moneyness.FURTHEST;
      double now = fits ? level : Double.NaN;
      if (Double.compare(now, ours.get(row, BarColumns.MONEYNESS)) != 0) {
        ours = own(ours, stored);
        ours.set(row, BarColumns.MONEYNESS, now);
      }
    }
    return ours;
  }

  private void noteMetrics(
      long minute, @Nullable MinuteTerms terms, @Nullable MinuteMetrics known) {
    MinuteMetrics now;
    if (terms != null) {
      ChainState state = ChainState.of(states, terms.underlying(), terms.forward().price());
      now = terms.metrics(minute, gap.size(), state);
    } else if (known != null) {
      ChainState state = ChainState.of(states, known.underlying(), known.forward().price());
      now = known.with(gap.size(), state);
    } else {
      return;
    }
    if (!now.equals(known)) {
      metrics.put(minute, now);
    }
  }

  /** The roll-ups of the changed strikes. */
  private Map<Timeframe, BarTable> buckets(DayBars now) {
    Map<Timeframe, BarTable> all = new EnumMap<>(Timeframe.class);
    for (Timeframe timeframe : before.newestBuckets().keySet()) {
      TreeMap<Long, Set<Double>> strikes = changes.strikes(timeframe);
      List<BarTable> rolled = new ArrayList<>();
      strikes.forEach((bucket, of) -> {
        List<BarTable> parts =
            now.minutes().subMap(bucket, bucket + timeframe.seconds()).values().stream()
                .map(bars -> only(bars, of))
                .toList();
        rolled.add(BucketFold.empty(timeframe).add(DayBars.table(parts)).buckets());
      });
      all.put(timeframe, DayBars.table(rolled));
    }
    return all;
  }

  private static BarTable only(BarTable bars, Set<Double> strikes) {
    BarTable some = new BarTable(Math.min(bars.rows(), strikes.size()));
    for (int row = 0; row < bars.rows(); row++) {
      if (strikes.contains(bars.strike(row))) {
        some.addCopy(bars, row);
      }
    }
    return some;
  }

  private ExpiryPlan plan(
      boolean isAppended, BarTable rows, Map<Timeframe, BarTable> buckets, ExpiryDay then) {
    return new ExpiryPlan(
        expiry,
        isAppended,
        rows,
        changes.came(),
        meeting.came().rows() - changes.came(),
        newest(rows, then),
        buckets,
        metrics(then),
        removed(buckets, then),
        meeting.under(),
        changes.reported(),
        firstSeen,
        pricing.unsolved(),
        then);
  }

  /** The newest row of each strike that has another one now, where it was not removed whole. */
  private BarTable newest(BarTable rows, ExpiryDay then) {
    TreeMap<Double, Long> latest = new TreeMap<>();
    for (int row = 0; row < rows.rows(); row++) {
      latest.merge(rows.strike(row), rows.bucket(row), Math::max);
    }
    changes.removed().forEach(key -> latest.put(key.strike(), Long.MAX_VALUE));
    BarTable newest = new BarTable(latest.size());
    latest.forEach((strike, minute) -> {
      BarTable of = then.isWhole() ? newest(then, strike) : changes.of(minute);
      if (of != null && of.bucket(0) <= minute) {
        newest.addCopy(of, of.indexOf(strike, of.bucket(0)));
      }
    });
    return newest;
  }

  /** The bars of the newest minute that has a row of a strike. */
  private static @Nullable BarTable newest(ExpiryDay day, double strike) {
    DayBars bars = day.bars();
    if (bars != null) {
      for (BarTable minute : bars.minutes().descendingMap().values()) {
        if (minute.indexOf(strike, minute.bucket(0)) >= 0) {
          return minute;
        }
      }
    }
    return null;
  }

  private ExpiryPlan.Removed removed(Map<Timeframe, BarTable> buckets, ExpiryDay then) {
    Map<Timeframe, List<ExpiryPlan.Key>> rows = new EnumMap<>(Timeframe.class);
    Map<Timeframe, List<Long>> metricsOf = new EnumMap<>(Timeframe.class);
    List<ExpiryPlan.Key> removed = changes.removed();
    if (removed.isEmpty()) {
      return new ExpiryPlan.Removed(rows, metricsOf);
    }
    rows.put(Timeframe.MIN1, removed);
    List<Long> gone = changes.after().keySet().stream().filter(changes::isGone).toList();
    metricsOf.put(Timeframe.MIN1, gone);
    buckets.forEach((timeframe, of) -> {
      List<ExpiryPlan.Key> keys =
          removed.stream()
              .map(key -> new ExpiryPlan.Key(key.strike(), timeframe.floor(key.bucket())))
              .distinct()
              .filter(key -> of.indexOf(key.strike(), key.bucket()) < 0)
              .toList();
      rows.put(timeframe, keys);
      metricsOf.put(
          timeframe,
          gone.stream()
              .map(timeframe::floor)
              .distinct()
              .filter(
                  bucket -> then.metrics().subMap(bucket, bucket + timeframe.seconds()).isEmpty())
              .toList());
    });
    return new ExpiryPlan.Removed(rows, metricsOf);
  }

  /** The changed rows of metrics; at the end of a bucket is known what its newest minute knows. */
  private Map<Timeframe, List<MinuteMetrics>> metrics(ExpiryDay then) {
    Map<Timeframe, List<MinuteMetrics>> all = new EnumMap<>(Timeframe.class);
    all.put(Timeframe.MIN1, List.copyOf(metrics.values()));
    for (Timeframe timeframe : before.newestBuckets().keySet()) {
      TreeSet<Long> buckets = new TreeSet<>();
      metrics.keySet().forEach(minute -> buckets.add(timeframe.floor(minute)));
      changes.after().keySet().stream()
          .map(timeframe::floor)
          .filter(b -> !then.metrics().subMap(b, b + timeframe.seconds()).isEmpty())
          .forEach(buckets::add);
      List<MinuteMetrics> last = new ArrayList<>();
      for (long bucket : buckets) {
        MinuteMetrics newest = then.metrics().lowerEntry(bucket + timeframe.seconds()).getValue();
        Map<Timeframe, Integer> of = carried.get(newest.bucket());
        last.add(of == null ? newest : newest.withCarried(of.getOrDefault(timeframe, 0)));
      }
      all.put(timeframe, last);
    }
    return all;
  }
}
