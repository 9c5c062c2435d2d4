package io.strikegrid.engine.day;

import io.strikegrid.engine.bar.BarBuilder;
import io.strikegrid.engine.bar.BarColumns;
import io.strikegrid.engine.bar.BarTable;
import io.strikegrid.engine.bar.Observation;
import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.measure.MinuteMetrics;
import io.strikegrid.engine.time.Timeframe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** A store of one day, in memory: what a server keeps of plans, by the same keys. */
final class MemoryDay implements KnownDay {

  private record Row(long minute, double strike) implements Comparable<Row> {
    @Override
    public int compareTo(Row other) {
      int byStrike = Double.compare(strike, other.strike);
      return byStrike != 0 ? byStrike : Long.compare(minute, other.minute);
    }
  }

  private static final double[] NO_VALUES = new double[BarColumns.COUNT];
  private static final int[] COMPARED =
      IntStream.range(0, BarColumns.COUNT)
          .filter(i -> !BarColumns.inMemory().get(i).name().endsWith("provenance"))
          .toArray();

  private final DayPlanner planner = new DayPlanner(DaySample.underlying(), DaySample.SESSION);
  private final Map<LocalDate, ExpiryDay> open = new TreeMap<>();
  private final TreeMap<LocalDate, Map<Timeframe, TreeMap<Row, double[]>>> rows = new TreeMap<>();
  private final TreeMap<LocalDate, TreeMap<Double, Row>> newest = new TreeMap<>();
  private final TreeMap<LocalDate, Map<Timeframe, TreeMap<Long, MinuteMetrics>>> metrics =
      new TreeMap<>();
  private final Map<LocalDate, List<Observation>> kept = new TreeMap<>();
  private final Map<LocalDate, Map<Long, BarTable>> underLive = new TreeMap<>();
  private long first = Long.MAX_VALUE;
  private int reads;

  /** Forgets what it need not read again, as after a restart. */
  void restart() {
    open.clear();
  }

  /** Keeps what is known at the end of each expiry, and not its bars. */
  void forgetBars() {
    open.replaceAll((expiry, day) -> day.withoutBars());
  }

  /** How often whole expiries were read. */
  int reads() {
    return reads;
  }

  /** Commits what came. */
  void commit(IncomingDay came, Provenance provenance) {
    try {
      DayPlan plan = planner.plan(this, came, provenance);
      List<ExpiryPlan> plans = new ArrayList<>();
      for (LocalDate expiry : plan.expiries()) {
        plans.add(plan.of(expiry));
      }
      plans.forEach(this::write);
      if (!came.minutes().isEmpty()) {
        first = Math.min(first, came.minutes().first());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(ExpiryPlan plan) {
    if (!plan.hasChanges()) {
      return;
    }
    plan.removed()
        .rows()
        .forEach((timeframe, keys) ->
            keys.forEach(key ->
                table(plan.expiry(), timeframe).remove(new Row(key.bucket(), key.strike()))));
    plan.removed()
        .metrics()
        .forEach((timeframe, buckets) ->
            buckets.forEach(bucket -> metrics(plan.expiry(), timeframe).remove(bucket)));
    plan.removed()
        .rows()
        .getOrDefault(Timeframe.MIN1, List.of())
        .forEach(key ->
            newest
                .getOrDefault(plan.expiry(), new TreeMap<>())
                .remove(key.strike(), new Row(key.bucket(), key.strike())));
    Map<Long, BarTable> under = underLive.computeIfAbsent(plan.expiry(), e -> new TreeMap<>());
    under.putAll(plan.under());
    under.values().removeIf(bars -> bars.rows() == 0);
    put(plan.expiry(), Timeframe.MIN1, plan.rows());
    plan.buckets().forEach((timeframe, bars) -> put(plan.expiry(), timeframe, bars));
    plan.metrics()
        .forEach((timeframe, of) ->
            of.forEach(m ->
                metrics
                    .computeIfAbsent(plan.expiry(), e -> new TreeMap<>())
                    .computeIfAbsent(timeframe, t -> new TreeMap<>())
                    .put(timeframe.floor(m.bucket()), m)));
    BarTable latest = plan.newest();
    for (int row = 0; row < latest.rows(); row++) {
      Row key = new Row(latest.bucket(row), latest.strike(row));
      newest
          .computeIfAbsent(plan.expiry(), e -> new TreeMap<>())
          .merge(key.strike, key, (old, now) -> now.minute >= old.minute ? now : old);
    }
    open.put(plan.expiry(), plan.after());
  }

  private void put(LocalDate expiry, Timeframe timeframe, BarTable bars) {
    TreeMap<Row, double[]> table =
        rows.computeIfAbsent(expiry, e -> new TreeMap<>())
            .computeIfAbsent(timeframe, t -> new TreeMap<>());
    for (int row = 0; row < bars.rows(); row++) {
      double[] values = new double[BarColumns.COUNT + Side.values().length];
      for (int i = 0; i < BarColumns.COUNT; i++) {
        values[i] = bars.get(row, i);
      }
      for (Side side : Side.values()) {
        values[BarColumns.COUNT + side.ordinal()] = bars.reported(row, side);
      }
      table.put(new Row(bars.bucket(row), bars.strike(row)), values);
    }
  }

  @Override
  public NavigableSet<LocalDate> expiries() {
    return rows.navigableKeySet();
  }

  @Override
  public OptionalLong firstMinute() {
    return first == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(first);
  }

  @Override
  public ExpiryDay end(LocalDate expiry) {
    ExpiryDay known = open.get(expiry);
    if (known == null) {
      known = read(expiry);
      open.put(expiry, known);
    }
    return known;
  }

  @Override
  public ExpiryDay whole(LocalDate expiry) {
    ExpiryDay known = end(expiry);
    if (!known.isWhole()) {
      known = read(expiry);
      open.put(expiry, known);
    }
    return known;
  }

  private ExpiryDay read(LocalDate expiry) {
    reads++;
    BarTable bars = new BarTable();
    table(expiry, Timeframe.MIN1)
        .forEach((key, values) -> {
          int row = bars.add(key.strike, key.minute);
          for (int i = 0; i < values.length; i++) {
            bars.set(row, i, values[i]);
          }
        });
    return ExpiryDay.of(
        DaySample.underlying(),
        DaySample.SESSION,
        bars,
        DayBars.table(underLive.getOrDefault(expiry, Map.of()).values()),
        List.copyOf(metrics(expiry, Timeframe.MIN1).values()));
  }

  private TreeMap<Row, double[]> table(LocalDate expiry, Timeframe timeframe) {
    return rows.getOrDefault(expiry, Map.of()).getOrDefault(timeframe, new TreeMap<>());
  }

  private TreeMap<Long, MinuteMetrics> metrics(LocalDate expiry, Timeframe timeframe) {
    return metrics.getOrDefault(expiry, Map.of()).getOrDefault(timeframe, new TreeMap<>());
  }

  /** Whether every row of every table is the same, but for where it is from. */
  boolean isSame(MemoryDay other) {
    return newest.equals(other.newest)
        && metrics.equals(other.metrics)
        && rows.keySet().equals(other.rows.keySet())
        && rows.entrySet().stream()
            .allMatch(of ->
                of.getValue().entrySet().stream()
                    .allMatch(table ->
                        isSame(table.getValue(), other.table(of.getKey(), table.getKey()))));
  }

  private static boolean isSame(TreeMap<Row, double[]> one, TreeMap<Row, double[]> other) {
    return one.keySet().equals(other.keySet())
        && one.entrySet().stream()
            .allMatch(row -> isSame(row.getValue(), other.getOrDefault(row.getKey(), NO_VALUES)));
  }

  private static boolean isSame(double[] one, double[] other) {
    for (int i = 0; i < COMPARED.length; i++) {
      if (Double.compare(one[COMPARED[i]], other[COMPARED[i]]) != 0) {
        return false;
      }
    }
    return true;
  }

  /** Every row of every table, but for where they are from. */
  List<String> text() {
    List<String> lines = new ArrayList<>();
    for (LocalDate expiry : rows.keySet()) {
      for (Timeframe timeframe : Timeframe.values()) {
        table(expiry, timeframe)
            .forEach((key, values) ->
                lines.add("%s %s %s".formatted(expiry, timeframe.label(), text(key, values))));
        metrics(expiry, timeframe)
            .forEach((bucket, of) ->
                lines.add(
                    "%s %s metrics %s %s".formatted(expiry, timeframe.label(), at(bucket), of)));
      }
      newest
          .getOrDefault(expiry, new TreeMap<>())
          .values()
          .forEach(
              key -> lines.add("%s newest %s %s".formatted(expiry, key.strike, at(key.minute))));
    }
    return lines;
  }

  /** Commits bars of a file, and makes again what is kept of minutes that they may change. */
  void commitBars(Map<LocalDate, List<Observation>> bars) {
    Incoming came = new Incoming(bars, true);
    commit(came, Provenance.IMPORTED);
    Map<LocalDate, List<Observation>> again = new TreeMap<>();
    came.observations.keySet().forEach(expiry -> again.put(expiry, List.of()));
    commitTicks(again, came.minutes().isEmpty() ? Long.MAX_VALUE : came.minutes().first());
  }

  /**
   * Commits ticks: with all that is kept of their minutes, and of those that a late one may change.
   */
  void commitTicks(Map<LocalDate, List<Observation>> ticks) {
    commitTicks(ticks, Long.MAX_VALUE);
  }

  private void commitTicks(Map<LocalDate, List<Observation>> ticks, long again) {
    Map<LocalDate, List<Observation>> all = new TreeMap<>();
    ticks.forEach((expiry, came) -> {
      List<Observation> had = kept.computeIfAbsent(expiry, e -> new ArrayList<>());
      List<Observation> fresh =
          came.stream().filter(o -> had.stream().noneMatch(o::isSame)).distinct().toList();
      TreeSet<Long> touched = new TreeSet<>();
      fresh.forEach(o -> touched.add(Timeframe.MIN1.floor(o.time())));
      long first = Math.min(again, touched.isEmpty() ? Long.MAX_VALUE : touched.first());
      had.stream()
          .map(o -> Timeframe.MIN1.floor(o.time()))
          .filter(minute -> minute > first)
          .forEach(touched::add);
      had.addAll(fresh);
      all.put(expiry, within(had, touched));
    });
    commit(new Ticks(all), Provenance.LIVE);
  }

  private static List<Observation> within(List<Observation> observations, TreeSet<Long> minutes) {
    return observations.stream()
        .filter(o -> minutes.contains(Timeframe.MIN1.floor(o.time())))
        .toList();
  }

  private static String text(Row key, double[] values) {
    TreeMap<String, Double> known = new TreeMap<>();
    for (int i = 0; i < BarColumns.COUNT; i++) {
      String name = BarColumns.inMemory().get(i).name();
      if (!Double.isNaN(values[i]) && !name.endsWith("provenance")) {
        known.put(name, values[i]);
      }
    }
    return key.strike + " " + at(key.minute) + " " + known;
  }

  private static String at(long time) {
    return "minute " + (time - DaySample.OPEN) / 60;
  }

  /** A value of a one-minute row; NaN where unknown or without a row. */
  double value(LocalDate expiry, double strike, int minute, int column) {
    double[] values = table(expiry, Timeframe.MIN1).get(new Row(DaySample.minute(minute), strike));
    return values == null ? Double.NaN : values[column];
  }

  /** The metrics of a minute. */
  MinuteMetrics metrics(LocalDate expiry, int minute) {
    return Objects.requireNonNull(metrics(expiry, Timeframe.MIN1).get(DaySample.minute(minute)));
  }

  /** Whether a minute has metrics. */
  boolean hasMetrics(LocalDate expiry, int minute) {
    return metrics(expiry, Timeframe.MIN1).containsKey(DaySample.minute(minute));
  }

  /** What came, by expiry; each observation a bar made elsewhere, or what was seen at a moment. */
  record Incoming(Map<LocalDate, List<Observation>> observations, boolean isReadyMade)
      implements IncomingDay {

    @Override
    public NavigableSet<LocalDate> expiries() {
      return new TreeSet<>(observations.keySet());
    }

    @Override
    public NavigableSet<Long> minutes() {
      return minutesOf(observations);
    }

    @Override
    public BarBuilder.Result bars(LocalDate expiry, BarBuilder.TradedBefore before) {
      return build(observations, expiry, isReadyMade, before);
    }
  }

  private record Ticks(Map<LocalDate, List<Observation>> all) implements IncomingDay {

    @Override
    public NavigableSet<LocalDate> expiries() {
      return new TreeSet<>(all.keySet());
    }

    @Override
    public NavigableSet<Long> minutes() {
      return minutesOf(all);
    }

    @Override
    public BarBuilder.Result bars(LocalDate expiry, BarBuilder.TradedBefore before) {
      return build(all, expiry, false, before);
    }

    @Override
    public boolean isWhole() {
      return true;
    }
  }

  private static NavigableSet<Long> minutesOf(Map<LocalDate, List<Observation>> observations) {
    TreeSet<Long> minutes = new TreeSet<>();
    observations
        .values()
        .forEach(of ->
            of.stream()
                .filter(o -> !o.isEmpty() && o.time() < DaySample.SESSION.close())
                .forEach(o -> minutes.add(Timeframe.MIN1.floor(o.time()))));
    return minutes;
  }

  private static BarBuilder.Result build(
      Map<LocalDate, List<Observation>> observations,
      LocalDate expiry,
      boolean isReadyMade,
      BarBuilder.TradedBefore before) {
    return BarBuilder.build(
        observations.getOrDefault(expiry, List.of()),
        isReadyMade,
        DaySample.SESSION.close(),
        before);
  }
}
