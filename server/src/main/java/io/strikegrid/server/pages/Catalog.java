package io.strikegrid.server.pages;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.strikegrid.engine.grid.GridPage;
import io.strikegrid.engine.grid.PageKey;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.measure.OiReference;
import io.strikegrid.engine.time.Session;
import io.strikegrid.engine.time.Timeframe;
import io.strikegrid.server.store.ContractDayStore;
import io.strikegrid.server.store.Database;
import io.strikegrid.server.store.GenerationStore;
import io.strikegrid.server.store.MetricsStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What is known of trading days beside their pages: which expiries a day has, and the open interest
 * at the previous close. Kept in memory at the generations it was read at.
 */
public final class Catalog {

  private static final int ENTRY_BYTES = 200;
  private static final int CONTRACT_BYTES = 100;
  private static final int PART_OF_HEAP = 32;
  private static final int MINUTE = Timeframe.MIN1.seconds();

  private final Database database;
  private final Generations generations;
  private final Pages pages;
  private final Cache<List<Object>, At<Listing>> listings = cache(of -> of.since().size());
  private final Cache<List<Object>, At<PreviousClose>> closes = cache(PreviousClose::contracts);

  /** A catalog of a database. */
  public Catalog(Database database, Generations generations, Pages pages) {
    this.database = database;
    this.generations = generations;
    this.pages = pages;
  }

  private record At<T>(long generation, long before, T value) {}

  /** A cache that is bounded by bytes. */
  private static <T> Cache<List<Object>, At<T>> cache(ToIntFunction<T> contracts) {
    return Caffeine.newBuilder()
        .maximumWeight(Runtime.getRuntime().maxMemory() / PART_OF_HEAP)
        .weigher((List<Object> key, At<T> known) ->
            ENTRY_BYTES + CONTRACT_BYTES * contracts.applyAsInt(known.value))
        .build();
  }

  /**
   * Which expiries a trading day lists, and since when.
   *
   * @param since when the first minute of each had ended, epoch seconds UTC; the smallest number
   *     where the trading day before had it already
   * @param newestEnd end of the newest stored minute; empty where there is none
   * @param version of what it was read from, that day and the trading day before
   */
  public record Listing(
      NavigableMap<LocalDate, Long> since, OptionalLong newestEnd, String version) {

    /** All of them, ascending. */
    public List<LocalDate> all() {
      return List.copyOf(since.navigableKeySet());
    }

    /** Those that were listed by a time, ascending. */
    public List<LocalDate> by(long at) {
      return since.entrySet().stream()
          .filter(of -> of.getValue() <= at)
          .map(Map.Entry::getKey)
          .toList();
    }
  }

  /**
   * The expiries of a trading day: those with bars on it, and those with bars on the trading day
   * before that are not over.
   */
  public Listing listing(Underlying underlying, Session session) {
    String symbol = underlying.symbol();
    LocalDate day = session.day();
    LocalDate before = underlying.calendar().previousTradingDay(day);
    long wanted = generations.generation(symbol, day);
    long wantedBefore = generations.generation(symbol, before);
    List<Object> key = List.of(symbol, day);
    At<Listing> known = listings.getIfPresent(key);
    if (known == null || known.generation < wanted || known.before < wantedBefore) {
      known = database.read(c -> listing(c, symbol, session, before));
      listings.put(key, known);
    }
    return known.value;
  }

  private static At<Listing> listing(
      Connection connection, String symbol, Session session, LocalDate before) throws SQLException {
    TreeMap<LocalDate, Long> since = new TreeMap<>();
    List<LocalDate> ofDay = GenerationStore.expiries(connection, symbol, session.day());
    ofDay.forEach(expiry -> since.put(expiry, session.open()));
    OptionalLong newest = OptionalLong.empty();
    for (MetricsStore.Stretch of : MetricsStore.stretches(connection, symbol, ofDay, session)) {
      since.put(of.expiry(), of.first() + MINUTE);
      newest = OptionalLong.of(Math.max(newest.orElse(0), of.last() + MINUTE));
    }
    for (LocalDate expiry : GenerationStore.expiries(connection, symbol, before)) {
      if (!expiry.isBefore(session.day())) {
        since.put(expiry, Long.MIN_VALUE);
      }
    }
    long generation = generation(connection, symbol, session.day());
    long generationBefore = generation(connection, symbol, before);
    String version = session.day() + " " + generation + " " + generationBefore;
    return new At<>(
        generation,
        generationBefore,
        new Listing(Collections.unmodifiableNavigableMap(since), newest, version));
  }

  private static long generation(Connection connection, String symbol, LocalDate day)
      throws SQLException {
    return GenerationStore.find(connection, symbol, day)
        .map(GenerationStore.Row::generation)
        .orElse(0L);
  }

  /**
   * Open interest at the previous close.
   *
   * @param source {@code exchange}, {@code last_bar} or {@code none}
   * @param time when that was, epoch seconds UTC; empty where there is none
   * @param calls by strike
   * @param puts by strike
   */
  public record PreviousClose(
      String source,
      Optional<Long> time,
      Map<Double, Double> calls,
      Map<Double, Double> puts,
      @Nullable PreviousClose fallback) {

    /** Where the figures of a page's contracts came from. */
    public String source(GridPage page) {
      if (fallback == null) {
        return source;
      }
      boolean own = false;
      boolean other = false;
      for (Side side : Side.values()) {
        for (int k = 0; k < page.strikes(); k++) {
          boolean isOwn = isOwn(side, page.strike(k));
          own |= isOwn;
          other |= !isOwn && fallback.known(side).containsKey(page.strike(k));
        }
      }
      return !other ? source : own ? "mixed" : fallback.source;
    }

    private int contracts() {
      return calls.size() + puts.size() + (fallback == null ? 0 : fallback.contracts());
    }

    /**
     * Whether the figure of a contract is used. One of 0 is set aside where the last bar had open
     * interest: exchanges send a day's whole open interest as its change before they know better.
     */
    private boolean isOwn(Side side, double strike) {
      Double own = known(side).get(strike);
      Double bar = fallback == null ? null : fallback.known(side).get(strike);
      return own != null && (own != 0 || bar == null || bar == 0);
    }

    private Map<Double, Double> known(Side side) {
      return side == Side.CALL ? calls : puts;
    }

    /** The open interest of each strike of a page; NaN where unknown. */
    public double[] of(GridPage page, Side side) {
      double[] values = new double[page.strikes()];
      for (int k = 0; k < values.length; k++) {
        PreviousClose from = fallback == null || isOwn(side, page.strike(k)) ? this : fallback;
        Double value = from.known(side).get(page.strike(k));
        values[k] = value == null ? Double.NaN : value;
      }
      return values;
    }
  }

  /**
   * Open interest of an expiry at the close before a trading day, for each contract: the exchange's
   * figure, that of the day itself or else of the day before, else the last bar of the trading day
   * before, else none.
   */
  public PreviousClose previousClose(Underlying underlying, LocalDate expiry, LocalDate day) {
    String symbol = underlying.symbol();
    LocalDate before = underlying.calendar().previousTradingDay(day);
    long wanted = generations.generation(symbol, day);
    long wantedBefore = generations.generation(symbol, before);
    List<Object> key = List.of(symbol, expiry, day);
    At<PreviousClose> known = closes.getIfPresent(key);
    if (known == null || known.generation < wanted || known.before < wantedBefore) {
      PreviousClose close = exchange(underlying, expiry, day, before);
      PreviousClose bar = lastBar(underlying, expiry, before);
      close =
          close == null
              ? bar
              : new PreviousClose(close.source, close.time, close.calls, close.puts, bar);
      known = new At<>(wanted, wantedBefore, close);
      closes.put(key, known);
    }
    return known.value;
  }

  private @Nullable PreviousClose exchange(
      Underlying underlying, LocalDate expiry, LocalDate day, LocalDate before) {
    Map<Double, Double> calls = new HashMap<>();
    Map<Double, Double> puts = new HashMap<>();
    String symbol = underlying.symbol();
    database.read(c -> {
      ContractDayStore.read(
          c, symbol, expiry, before, (k, s, old, close) -> put(calls, puts, k, s, close));
      return ContractDayStore.read(
          c, symbol, expiry, day, (k, s, old, close) -> put(calls, puts, k, s, old));
    });
    if (calls.isEmpty() && puts.isEmpty()) {
      return null;
    }
    Optional<Long> time = underlying.calendar().session(before).map(Session::close);
    return new PreviousClose("exchange", time, calls, puts, null);
  }

  private static void put(
      Map<Double, Double> calls, Map<Double, Double> puts, double strike, Side side, double oi) {
    if (!Double.isNaN(oi)) {
      (side == Side.CALL ? calls : puts).put(strike, oi);
    }
  }

  private PreviousClose lastBar(Underlying underlying, LocalDate expiry, LocalDate before) {
    Map<Double, Double> calls = new HashMap<>();
    Map<Double, Double> puts = new HashMap<>();
    Optional<Session> session = underlying.calendar().session(before);
    if (session.isEmpty()) {
      return new PreviousClose("none", Optional.empty(), calls, puts, null);
    }
    PageKey key = new PageKey(underlying.symbol(), expiry, Timeframe.MIN1, before);
    GridPage page = pages.get(key, session.get()).page();
    int last = page.buckets() - 1;
    if (last < 0) {
      return new PreviousClose("none", Optional.empty(), calls, puts, null);
    }
    double[] callOi = OiReference.at(page, Side.CALL, last);
    double[] putOi = OiReference.at(page, Side.PUT, last);
    for (int k = 0; k < page.strikes(); k++) {
      put(calls, puts, page.strike(k), Side.CALL, callOi[k]);
      put(calls, puts, page.strike(k), Side.PUT, putOi[k]);
    }
    return new PreviousClose("last_bar", Optional.of(page.bucketStart(last)), calls, puts, null);
  }
}
