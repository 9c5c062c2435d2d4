package io.strikegrid.benchmarks;

import io.strikegrid.engine.grid.AsOf;
import io.strikegrid.engine.grid.GridField;
import io.strikegrid.engine.grid.GridPage;
import io.strikegrid.engine.grid.PageKey;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.measure.ChainState;
import io.strikegrid.engine.measure.Indicator;
import io.strikegrid.engine.measure.MoneynessSeries;
import io.strikegrid.engine.time.Session;
import io.strikegrid.engine.time.Timeframe;
import io.strikegrid.server.pages.Generations;
import io.strikegrid.server.pages.PageLoader;
import io.strikegrid.server.pages.Pages;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * How long does each question take in process, on pages that are in memory, and how long does the
 * SQL that a user would write for it, on the same rows in the embedded store?
 *
 * <p>Standard workload: NIFTY50, 20 days of 375 minutes, 63 strikes, 4 expiries, 1.89 million
 * one-minute rows. Methods named {@code sql...} read every row of their answer. Command: {@code
 * ./strikegrid bench QuestionsBenchmark}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before anything else
public class QuestionsBenchmark {

  private static final int MAX_LEVEL = 10;
  private static final double GAP = 50;
  private static final double TICK = 0.05;
  private static final int SIX_HOURS = 6 * 3600;

  private LoadedStore store;
  private Generations generations;
  private Pages pages;
  private List<LocalDate> expiries;
  private List<Session> sessions;
  private Session last;
  private Connection connection;

  /** Fills the store where it is empty, and connects. */
  @Setup
  public void open() throws IOException, InterruptedException, SQLException {
    store = new LoadedStore();
    generations = new Generations(store.database);
    pages = new Pages(new PageLoader(store.database), generations, 1L << 30);
    expiries = store.workload.expiries();
    sessions = store.workload.sessions();
    last = sessions.getLast();
    connection = store.database.connection();
  }

  /** Disconnects. */
  @TearDown
  public void close() throws SQLException {
    connection.close();
    pages.close();
    generations.close();
    store.close();
  }

  private GridPage page(LocalDate expiry, Timeframe timeframe, Session session) {
    String symbol = store.workload.underlying().symbol();
    return pages.get(new PageKey(symbol, expiry, timeframe, session.day()), session).page();
  }

  /** The newest chain of four expiries with its totals, PCR, max pain and ATM IV. */
  @Benchmark
  public void latestChain(Blackhole sink) {
    for (LocalDate expiry : expiries) {
      GridPage page = page(expiry, Timeframe.MIN1, last);
      AsOf known = page.newest(TICK);
      sink.consume(ChainState.of(page, known));
      for (int k = 0; k < page.strikes(); k++) {
        for (Side side : Side.values()) {
          for (GridField field : GridField.values()) {
            sink.consume(known.at(side, field, k));
          }
        }
      }
    }
  }

  /** The same rows from the table of the newest. */
  @Benchmark
  public void sqlLatestChain(Blackhole sink) throws SQLException {
    query(sink, "SELECT * FROM fo_latest_snapshot WHERE symbol = 'NIFTY50'");
  }

  private void series(Blackhole sink, Timeframe timeframe, List<Session> over, int seconds) {
    for (LocalDate expiry : expiries.subList(0, 2)) {
      for (Session session : over) {
        GridPage page = page(expiry, timeframe, session);
        int to = Math.min(page.buckets(), seconds / timeframe.seconds());
        double[][] values = new double[2 * MAX_LEVEL + 1][to];
        for (double[] level : values) {
          Arrays.fill(level, Double.NaN);
        }
        MoneynessSeries.fill(page, Indicator.IV, null, GAP, MAX_LEVEL, 0, to, values, 0);
        sink.consume(values);
      }
    }
  }

  private void sqlSeries(Blackhole sink, String table, Session first, long seconds)
      throws SQLException {
    query(
        sink,
        "SELECT bucket_time, expiry, moneyness, avg((call_iv_avg + put_iv_avg) / 2) FROM "
            + table
            + " WHERE symbol = 'NIFTY50' AND expiry IN ('"
            + expiries.get(0)
            + "', '"
            + expiries.get(1)
            + "') AND bucket_time >= to_timestamp("
            + first.open()
            + ") AND bucket_time < to_timestamp("
            + (first.open() + seconds)
            + ") AND moneyness BETWEEN -10 AND 10 GROUP BY 1, 2, 3 ORDER BY 1, 2, 3");
  }

  /** IV at 21 levels over six hours of minutes, two expiries: 45,360 rows. */
  @Benchmark
  public void series6h1min(Blackhole sink) {
    series(sink, Timeframe.MIN1, List.of(last), SIX_HOURS);
  }

  /** The same by SQL. */
  @Benchmark
  public void sqlSeries6h1min(Blackhole sink) throws SQLException {
    sqlSeries(sink, "fo_option_strike_bars", last, SIX_HOURS);
  }

  /** The same question on the 5 minute roll-up: 9,072 rows. */
  @Benchmark
  public void series6h5min(Blackhole sink) {
    series(sink, Timeframe.MIN5, List.of(last), SIX_HOURS);
  }

  /** The same by SQL. */
  @Benchmark
  public void sqlSeries6h5min(Blackhole sink) throws SQLException {
    sqlSeries(sink, "fo_option_strike_bars_5min", last, SIX_HOURS);
  }

  /** The same question over 20 days of the 15 minute roll-up: 63,000 rows. */
  @Benchmark
  public void series20d15min(Blackhole sink) {
    series(sink, Timeframe.MIN15, sessions, Integer.MAX_VALUE);
  }

  /** The same by SQL. */
  @Benchmark
  public void sqlSeries20d15min(Blackhole sink) throws SQLException {
    long seconds = last.close() - sessions.getFirst().open();
    sqlSeries(sink, "fo_option_strike_bars_15min", sessions.getFirst(), seconds);
  }

  /** One strike, one day, in steps of 5 minutes, every field of both sides. */
  @Benchmark
  public void strikeDay5min(Blackhole sink) {
    GridPage page = page(expiries.getFirst(), Timeframe.MIN5, last);
    int k = page.strikes() / 2;
    for (Side side : Side.values()) {
      for (GridField field : GridField.values()) {
        double[] values = new double[page.buckets()];
        for (int b = 0; b < values.length; b++) {
          values[b] = page.at(side, field, b, k);
        }
        sink.consume(values);
      }
    }
  }

  /** The same by SQL. */
  @Benchmark
  public void sqlStrikeDay5min(Blackhole sink) throws SQLException {
    query(
        sink,
        "SELECT * FROM fo_option_strike_bars_5min WHERE symbol = 'NIFTY50' AND expiry = '"
            + expiries.getFirst()
            + "' AND strike = 24500 AND bucket_time >= to_timestamp("
            + last.open()
            + ") AND bucket_time < to_timestamp("
            + last.close()
            + ") ORDER BY bucket_time");
  }

  private void query(Blackhole sink, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet rows = statement.executeQuery()) {
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        for (int i = 1; i <= columns; i++) {
          sink.consume(rows.getObject(i));
        }
      }
    }
  }
}
