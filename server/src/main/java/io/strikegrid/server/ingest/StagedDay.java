package io.strikegrid.server.ingest;

import io.strikegrid.engine.bar.BarBuilder;
import io.strikegrid.engine.bar.Observation;
import io.strikegrid.engine.bar.ObservationField;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.time.Session;
import io.strikegrid.server.ingest.profile.FieldName;
import io.strikegrid.server.ingest.profile.Profile;
import io.strikegrid.server.rollup.ContractFigures;
import io.strikegrid.server.rollup.DaySource;
import io.strikegrid.server.store.ContractDayStore;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The staged rows of one symbol and trading day. Tells stale polls and rows outside the session
 * from the good ones, and builds bars of those, one expiry at a time. One thread.
 */
final class StagedDay implements DaySource {

  /** Rows after the close that still tell the day's figures. */
  static final long AFTER_CLOSE_SECONDS = 30 * 60;

  private final Profile profile;
  private final Underlying underlying;
  private final LocalDate day;
  private final Path folder;
  private final Optional<Session> session;
  private final TreeMap<LocalDate, Path> files = new TreeMap<>();
  private final Map<Optional<LocalDate>, TreeMap<Long, Poll>> polls = new HashMap<>();
  private final Map<LocalDate, List<ContractDayStore.Row>> figures = new TreeMap<>();
  private final Map<LocalDate, DayCounts> counts = new TreeMap<>();
  private final TreeSet<Long> minutes = new TreeSet<>();
  private final TreeSet<LocalDate> withBars = new TreeSet<>();
  private @Nullable Set<Poll.Key> stale;
  private @Nullable LocalDate builtExpiry;
  private BarBuilder.@Nullable Result built;

  StagedDay(Profile profile, Underlying underlying, LocalDate day, Path folder) {
    this.profile = profile;
    this.underlying = underlying;
    this.day = day;
    this.folder = folder;
    this.session = underlying.calendar().session(day);
  }

  Underlying underlying() {
    return underlying;
  }

  LocalDate day() {
    return day;
  }

  /** Whether its rows are bars that were made elsewhere. */
  boolean isReadyMade() {
    return profile.kind() == Profile.Kind.BARS;
  }

  /** The session of the day; empty where the market is closed. */
  Optional<Session> session() {
    return session;
  }

  Path file(LocalDate expiry) {
    return files.computeIfAbsent(expiry, e -> folder.resolve(e.toString()));
  }

  /** Notes what a row means for the judgement of its poll. */
  void note(ChainRow row) {
    boolean traded =
        row.sides().values().stream().anyMatch(v -> v[FieldName.VOLUME_DAY.ordinal()] > 0);
    polls
        .computeIfAbsent(pageOf(row.expiry()), p -> new TreeMap<>())
        .computeIfAbsent(row.collected(), c -> new Poll())
        .add(row, traded);
  }

  private Optional<LocalDate> pageOf(LocalDate expiry) {
    return profile.pageByExpiry() ? Optional.of(expiry) : Optional.empty();
  }

  /** Reads every row once, to learn which minutes and expiries have bars and what is refused. */
  void judge() throws IOException {
    stale = Poll.stale(polls, profile.stale());
    for (LocalDate expiry : files.keySet()) {
      DayCounts count = new DayCounts();
      counts.put(expiry, count);
      forEachRow(
          expiry,
          (time, collected, line) -> {
            RowFate fate = fate(expiry, time, collected);
            count.add(fate, line);
            if (fate == RowFate.BAR) {
              minutes.add(Math.floorDiv(time, 60) * 60);
              withBars.add(expiry);
            }
          });
    }
  }

  private RowFate fate(LocalDate expiry, long time, long collected) {
    if (stale != null && stale.contains(new Poll.Key(pageOf(expiry).orElse(null), collected))) {
      return RowFate.STALE;
    }
    if (session.isEmpty()) {
      return RowFate.CLOSED_DAY;
    }
    if (session.get().contains(time)) {
      return RowFate.BAR;
    }
    long close = session.get().close();
    return time >= close && time < close + AFTER_CLOSE_SECONDS
        ? RowFate.AFTER_CLOSE
        : RowFate.OUTSIDE_SESSION;
  }

  /** How rows fared, over all expiries. */
  DayCounts counts() {
    DayCounts all = new DayCounts();
    counts.values().forEach(all::add);
    return all;
  }

  /** Dates on which the rows were collected. */
  Set<LocalDate> collectedOn() {
    Set<LocalDate> dates = new TreeSet<>();
    polls
        .values()
        .forEach(ofPage -> ofPage.keySet().forEach(c -> dates.add(underlying.calendar().dayOf(c))));
    return dates;
  }

  /** Polls that were stale. */
  int stalePolls() {
    return stale == null ? 0 : stale.size();
  }

  @Override
  public NavigableSet<LocalDate> expiries() {
    return withBars;
  }

  @Override
  public NavigableSet<Long> minutes() {
    return minutes;
  }

  @Override
  public BarBuilder.Result bars(LocalDate expiry, BarBuilder.TradedBefore before)
      throws IOException {
    BarBuilder.Result result = built;
    if (result == null || !expiry.equals(builtExpiry)) {
      result = build(expiry, before);
      built = result;
      builtExpiry = expiry;
    }
    return result;
  }

  /** What the profile lets through of an expiry, also after the close, in the order of the file. */
  List<Observation> observations(LocalDate expiry) throws IOException {
    List<Observation> observations = new ArrayList<>();
    try (DataInputStream in = open(expiry)) {
      while (true) {
        long time;
        try {
          time = in.readLong();
        } catch (EOFException end) {
          break;
        }
        long collected = in.readLong();
        double strike = in.readDouble();
        int line = in.readInt();
        RowFate fate = fate(expiry, time, collected);
        for (int sides = in.readByte(); sides > 0; sides--) {
          Side side = Side.values()[in.readByte()];
          double[] values = readValues(in);
          if (fate == RowFate.BAR || fate == RowFate.AFTER_CLOSE) {
            observations.add(
                new Observation(strike, side, time * 1000, collected, line, observed(values)));
          }
        }
      }
    }
    return observations;
  }

  private BarBuilder.Result build(LocalDate expiry, BarBuilder.TradedBefore before)
      throws IOException {
    List<Observation> observations = observations(expiry);
    BarBuilder.Result result =
        BarBuilder.build(observations, isReadyMade(), session.orElseThrow().close(), before);
    figures.put(expiry, ContractFigures.of(underlying, session.orElseThrow(), expiry, result));
    DayCounts count = counts.getOrDefault(expiry, new DayCounts());
    count.setBuilt(result);
    return result;
  }

  private static double[] observed(double[] values) {
    return Arrays.copyOf(values, ObservationField.values().length);
  }

  @Override
  public List<ContractDayStore.Row> figures() throws IOException {
    List<ContractDayStore.Row> all = new ArrayList<>();
    for (LocalDate expiry : files.keySet()) {
      List<ContractDayStore.Row> known = figures.get(expiry);
      if (known == null && session.isPresent()) {
        build(expiry, BarBuilder.TradedBefore.NOTHING);
        known = figures.get(expiry);
      }
      all.addAll(known == null ? List.of() : known);
    }
    return all;
  }

  private DataInputStream open(LocalDate expiry) throws IOException {
    return new DataInputStream(
        new BufferedInputStream(Files.newInputStream(file(expiry)), 1 << 16));
  }

  private static double[] readValues(DataInputStream in) throws IOException {
    double[] values = new double[FieldName.values().length];
    int known = in.readInt();
    for (int i = 0; i < values.length; i++) {
      values[i] = (known & (1 << i)) == 0 ? Double.NaN : in.readDouble();
    }
    return values;
  }

  @FunctionalInterface
  private interface RowConsumer {
    void accept(long time, long collected, int line);
  }

  private void forEachRow(LocalDate expiry, RowConsumer consumer) throws IOException {
    try (DataInputStream in = open(expiry)) {
      while (true) {
        long time;
        try {
          time = in.readLong();
        } catch (EOFException end) {
          return;
        }
        long collected = in.readLong();
        in.readDouble();
        int line = in.readInt();
        for (int sides = in.readByte(); sides > 0; sides--) {
          in.readByte();
          in.skipNBytes(8L * Integer.bitCount(in.readInt()));
        }
        consumer.accept(time, collected, line);
      }
    }
  }
}
