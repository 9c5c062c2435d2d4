package io.strikegrid.engine.day;

import io.strikegrid.engine.bar.BarTable;
import io.strikegrid.engine.bar.BucketFold;
import io.strikegrid.engine.grid.AsOf;
import io.strikegrid.engine.grid.GridField;
import io.strikegrid.engine.grid.GridPage;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.measure.MinuteMetrics;
import io.strikegrid.engine.time.Session;
import io.strikegrid.engine.time.Timeframe;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one expiry on a trading day: always what its contracts and its newest buckets
 * have come to, which is enough to add minutes after all others, and its bars where there is memory
 * for them. Immutable.
 */
public final class ExpiryDay {

  private static final List<Timeframe> ROLLED = List.of(Timeframe.MIN5, Timeframe.MIN15);

  private final @Nullable DayBars bars;
  private final DayBars under;
  private final TreeMap<Long, MinuteMetrics> metrics;
  private final ContractStates end;
  private final FirstTrades trades;
  private final DayGap gap;
  private final Map<Timeframe, BucketFold> folds;

  ExpiryDay(
      @Nullable DayBars bars,
      DayBars under,
      TreeMap<Long, MinuteMetrics> metrics,
      ContractStates end,
      FirstTrades trades,
      DayGap gap,
      Map<Timeframe, BucketFold> folds) {
    this.bars = bars;
    this.under = under;
    this.metrics = metrics;
    this.end = end;
    this.trades = trades;
    this.gap = gap;
    this.folds = folds;
  }

  /** Nothing is known of a day that opens then. */
  static ExpiryDay none(long open) {
    return new ExpiryDay(
        DayBars.NONE,
        DayBars.NONE,
        new TreeMap<>(),
        new ContractStates(open),
        new FirstTrades(),
        DayGap.NONE,
        noFolds());
  }

  private static Map<Timeframe, BucketFold> noFolds() {
    Map<Timeframe, BucketFold> folds = new EnumMap<>(Timeframe.class);
    ROLLED.forEach(timeframe -> folds.put(timeframe, BucketFold.empty(timeframe)));
    return folds;
  }

  /**
   * What a store has.
   *
   * @param session of the day
   * @param stored one-minute bars in order of strike, then time
   * @param under sides that live ones lie over, in the same order
   * @param metrics of their minutes
   */
  public static ExpiryDay of(
      Underlying underlying,
      Session session,
      BarTable stored,
      BarTable under,
      List<MinuteMetrics> metrics) {
    TreeMap<Long, MinuteMetrics> byMinute = new TreeMap<>();
    metrics.forEach(m -> byMinute.put(m.bucket(), m));
    DayBars bars = DayBars.of(stored);
    ContractStates states = new ContractStates(session.open());
    FirstTrades trades = new FirstTrades();
    DayGap gap = DayGap.NONE;
    for (Map.Entry<Long, BarTable> minute : bars.minutes().entrySet()) {
      states.take(minute.getValue(), underlying.pricing().tick());
      trades.take(minute.getValue());
      MinuteMetrics of = byMinute.get(minute.getKey());
      double price = of == null ? Double.NaN : of.underlying();
      gap = gap.at(states, price, underlying.strikeGap());
      if (of != null) {
        int atm = states.atTheMoney(price);
        double atmStrike = atm < 0 ? Double.NaN : states.strike(atm);
        byMinute.put(of.bucket(), of.with(of.gap(), of.state().withAtmStrike(atmStrike)));
      }
    }
    return new ExpiryDay(bars, DayBars.of(under), byMinute, states, trades, gap, folds(bars));
  }

  /**
   * What a page of one-minute buckets shows: enough to see what the next minutes would become.
   *
   * @param underlying what the options are on
   */
  public static ExpiryDay at(Underlying underlying, GridPage page) {
    AsOf known = page.newest(underlying.pricing().tick());
    FirstTrades trades = new FirstTrades();
    for (int k = 0; k < known.strikes(); k++) {
      for (Side side : Side.values()) {
        if (known.at(side, GridField.VOLUME_DAY, k) > 0) {
          trades.take(side, known.strike(k));
        }
      }
    }
    return new ExpiryDay(
        null,
        DayBars.NONE,
        new TreeMap<>(),
        ContractStates.of(known),
        trades,
        DayGap.at(page),
        Map.of());
  }

  /** The newest bucket of each timeframe that is rolled up. */
  static Map<Timeframe, BucketFold> folds(DayBars bars) {
    Map<Timeframe, BucketFold> folds = noFolds();
    if (!bars.isEmpty()) {
      long newest = bars.minutes().lastKey();
      folds.replaceAll((timeframe, fold) ->
          fold.add(DayBars.table(bars.minutes().tailMap(timeframe.floor(newest)).values())).fold());
    }
    return folds;
  }

  /** Its bars; null where they are not in memory. */
  @Nullable DayBars bars() {
    return bars;
  }

  /** The bars of a minute; null where it has none, or they are not in memory. */
  @Nullable BarTable bar(long minute) {
    return bars == null ? null : bars.at(minute);
  }

  /** Sides of a minute that live ones lie over; null where there are none. */
  @Nullable BarTable under(long minute) {
    return under.at(minute);
  }

  /** All sides that live ones lie over. */
  DayBars under() {
    return under;
  }

  /** Event time of the last observation of a minute; its last second where nobody knows. */
  long observedAt(long minute) {
    MinuteMetrics of = metrics.get(minute);
    return of == null ? minute + Timeframe.MIN1.seconds() - 1 : of.observedAt();
  }

  /** The metrics of its minutes; those of a day without bars in memory may lack some. */
  NavigableMap<Long, MinuteMetrics> metrics() {
    return metrics;
  }

  ContractStates end() {
    return end;
  }

  DayGap gap() {
    return gap;
  }

  Map<Timeframe, BucketFold> newestBuckets() {
    return folds;
  }

  /** Whether its bars are in memory. */
  public boolean isWhole() {
    return bars != null;
  }

  /** Without its bars. */
  public ExpiryDay withoutBars() {
    return new ExpiryDay(null, DayBars.NONE, new TreeMap<>(), end, trades, gap, folds);
  }

  /** Start of its newest minute, epoch seconds UTC; the smallest number where it has none. */
  public long newestMinute() {
    return end.minute();
  }

  /** Strikes that have been seen. */
  public int strikes() {
    return end.strikes();
  }

  /** Bytes that it takes in memory, about. */
  public long bytes() {
    long bytes =
        end.bytes()
            + trades.bytes()
            + under.bytes()
            + (bars == null ? 0 : bars.bytes())
            + 200L * metrics.size();
    for (BucketFold fold : folds.values()) {
      bytes += fold.bytes();
    }
    return bytes;
  }

  FirstTrades trades() {
    return trades;
  }
}
