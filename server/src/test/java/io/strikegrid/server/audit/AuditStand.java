package io.strikegrid.server.audit;

import io.strikegrid.engine.bar.Observation;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.time.Session;
import io.strikegrid.engine.time.Timeframe;
import io.strikegrid.server.SampleChains;
import io.strikegrid.server.StoredRows;
import io.strikegrid.server.TestDatabase;
import io.strikegrid.server.platform.market.MarketCatalog;
import io.strikegrid.server.rollup.AggregateRefresh;
import io.strikegrid.server.rollup.DayCommit;
import io.strikegrid.server.store.BarStore;
import io.strikegrid.server.store.Database;
import io.strikegrid.server.store.Engine;
import io.strikegrid.server.store.RollupDifference;
import io.strikegrid.server.store.RollupSql;
import io.strikegrid.testkit.ManualClock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A store of either engine with the {@link SampleChains} and eight older days of NIFTY50, and the
 * means to make any of its roll-ups wrong. Its clock stands at noon in India of Friday, 25 April
 * 2025.
 */
public final class AuditStand implements AutoCloseable {

  /** The newest day. */
  public static final LocalDate NEW = SampleChains.FRIDAY;

  /** An old day. */
  public static final LocalDate OLD = LocalDate.of(2025, 4, 3);

  /** The expiry of every wrong cell. */
  public static final LocalDate EXPIRY = SampleChains.SECOND;

  private static final List<Integer> OLD_DAYS_OF_APRIL = List.of(1, 2, 3, 4, 7, 8, 9, 11);
  private static final int OLD_MINUTES = 20;

  private final TestDatabase store;
  private final MarketCatalog markets = MarketCatalog.load(List.of());
  private final ManualClock clock = ManualClock.at("2025-04-25T06:30:00Z");
  private final DayCommit commit;
  private final Set<String> planted = new TreeSet<>();

  private AuditStand(TestDatabase store) {
    this.store = store;
    this.commit = new DayCommit(store.database(), clock, change -> {});
    SampleChains chains = new SampleChains(markets, commit);
    chains.store();
    for (int day : OLD_DAYS_OF_APRIL) {
      LocalDate date = LocalDate.of(2025, 4, day);
      chains.add(date, EXPIRY, observations(session(date)));
    }
    refresh();
  }

  /** One of an engine; the running test is skipped where there is none. */
  public static AuditStand of(Engine engine) {
    return new AuditStand(
        engine == Engine.TIMESCALE ? TestDatabase.timescale() : TestDatabase.create());
  }

  private static List<Observation> observations(Session session) {
    List<Observation> all = new ArrayList<>();
    for (int m = 0; m < OLD_MINUTES; m++) {
      for (double strike = 24_400; strike <= 24_600; strike += 50) {
        for (Side side : Side.values()) {
          all.add(
              SampleChains.observation(
                  strike,
                  side,
                  session.open() + 60L * m + 30,
                  24_500 + m,
                  1_000 + m,
                  75 * (m + 1),
                  0.13 + 0.001 * m));
        }
      }
    }
    return all;
  }

  /** The session of NIFTY50 on a day. */
  public Session session(LocalDate day) {
    Underlying nifty = markets.find("NIFTY50").orElseThrow();
    return nifty.calendar().session(day).orElseThrow();
  }

  public TestDatabase store() {
    return store;
  }

  public Database database() {
    return store.database();
  }

  public MarketCatalog markets() {
    return markets;
  }

  public ManualClock clock() {
    return clock;
  }

  /** Writes the day's sample again with what else was seen. */
  public void add(LocalDate day, List<Observation> seen) {
    new SampleChains(markets, commit).add(day, EXPIRY, seen);
  }

  /** Lets aggregates take over what was committed. */
  public void refresh() {
    new AggregateRefresh(database(), (row, first) -> {}).finish((aggregate, days) -> {});
  }

  /** Everything that can be audited. */
  public List<AuditDay> days() {
    return AuditDays.of(database(), markets::find).days();
  }

  /** What a thorough audit of everything finds. */
  public AuditResult lookAtAll() {
    RollupAudit audit = RollupAudit.thorough(database(), row -> {});
    return days().stream().map(audit::look).reduce(AuditResult.NONE, AuditResult::plus);
  }

  /** What was made wrong and is not repaired by the tests themselves, each as {@link #key}. */
  public Set<String> planted() {
    return planted;
  }

  /** Ten wrong cells: half of the newest day, half of an old one, 5 and 15 minutes. */
  public void plantTenCells() {
    plant(Timeframe.MIN5, NEW, 0, 24_500, "call_oi_last", "1");
    plant(Timeframe.MIN5, NEW, 5, 24_400, "put_close", "NULL");
    plant(Timeframe.MIN5, NEW, 10, 24_450, "call_count", "99");
    plant(Timeframe.MIN15, NEW, 0, 24_550, "underlying_source", "'parity'");
    plant(Timeframe.MIN15, NEW, 15, 24_600, "put_volume", "'NaN'");
    plant(Timeframe.MIN5, OLD, 0, 24_500, "call_iv_avg", "call_iv_avg * (1 + 1e-11::float8)");
    plant(Timeframe.MIN5, OLD, 5, 24_500, "moneyness", "7");
    plant(Timeframe.MIN15, OLD, 0, 24_500, "put_oi_sum", "'Infinity'");
    plant(Timeframe.MIN15, OLD, 0, 24_400, "call_volume_day", "NULL");
    plant(Timeframe.MIN15, OLD, 15, 24_600, "provenance", "3");
  }

  /** Makes a cell wrong. */
  public void plant(
      Timeframe timeframe, LocalDate day, int minute, double strike, String column, String value) {
    int rows =
        execute(
            "UPDATE %s SET %s = %s WHERE %s"
                .formatted(rows(timeframe), column, value, where(day, minute, strike)));
    check(rows == 1, "a cell to make wrong");
    planted.add(key(timeframe, bucket(day, minute), strike, column));
  }

  /** Takes a row away. */
  public void delete(Timeframe timeframe, LocalDate day, int minute, double strike) {
    int rows =
        execute("DELETE FROM %s WHERE %s".formatted(rows(timeframe), where(day, minute, strike)));
    check(rows == 1, "a row to delete");
    planted.add(key(timeframe, bucket(day, minute), strike, ""));
  }

  /** Stores a row of a strike once more, as another strike or the same. */
  public void insert(Timeframe timeframe, LocalDate day, int minute, double strike, double as) {
    String columns = String.join(", ", RollupSql.columns());
    int rows =
        execute(
            "INSERT INTO %1$s (%2$s) SELECT %3$s FROM %1$s WHERE %4$s"
                .formatted(
                    rows(timeframe),
                    columns,
                    columns.replace(", strike,", ", " + as + ","),
                    where(day, minute, strike)));
    check(rows == 1, "a row to insert");
    planted.add(key(timeframe, bucket(day, minute), as, ""));
  }

  /** What tells differences apart. */
  public static String key(RollupDifference d) {
    check(d.symbol().equals("NIFTY50") && d.expiry().equals(EXPIRY), d.text());
    return key(d.timeframe(), d.bucket(), d.strike(), d.column());
  }

  private static String key(Timeframe timeframe, long bucket, double strike, String column) {
    return timeframe.label() + " " + bucket + " " + strike + " " + column;
  }

  private long bucket(LocalDate day, int minute) {
    return session(day).open() + 60L * minute;
  }

  private String where(LocalDate day, int minute, double strike) {
    return "symbol = 'NIFTY50' AND expiry = '%s' AND strike = %s AND bucket_time = to_timestamp(%d)"
        .formatted(EXPIRY, strike, bucket(day, minute));
  }

  /** The table that holds the rows. */
  private String rows(Timeframe timeframe) {
    String name = BarStore.table(timeframe);
    return database().engine() == Engine.PLAIN
        ? name
        : String.valueOf(
            StoredRows.all(
                    database(),
                    "SELECT format('%I.%I', materialization_hypertable_schema,"
                        + " materialization_hypertable_name)"
                        + " FROM timescaledb_information.continuous_aggregates"
                        + " WHERE view_name = '"
                        + name
                        + "'")
                .getFirst()
                .getFirst());
  }

  private int execute(String sql) {
    return database().jdbi().withHandle(h -> h.execute(sql));
  }

  private static void check(boolean isSo, String what) {
    if (!isSo) {
      throw new IllegalStateException("there must be " + what);
    }
  }

  @Override
  public void close() {
    store.close();
  }
}
