package io.strikegrid.server.store;

import io.strikegrid.engine.market.Side;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the exchange says of contracts for whole trading days. */
public final class ContractDayStore {

  private static final List<String> KEY =
      List.of("symbol", "expiry", "strike", "side", "trading_day");
  private static final List<String> VALUES =
      List.of(
          "lot_size",
          "previous_close_oi",
          "close_oi",
          "close_price",
          "settlement_price",
          "volume_day");
  private static final BulkTable TABLE = table();

  private ContractDayStore() {}

  /**
   * A contract's trading day. NaN is unknown.
   *
   * @param expiry date of expiry
   * @param strike in the underlying's currency
   * @param side call or put
   * @param lotSize units of the underlying in a lot
   * @param previousCloseOi open interest at the previous day's close
   * @param closeOi open interest at this day's close
   * @param closePrice last price of the day
   * @param settlementPrice the exchange's settlement price
   * @param volumeDay units traded on the day
   * @param fromExchange whether an end-of-day file says so, rather than a chain during the day
   * @param reportedAt epoch seconds UTC
   */
  public record Row(
      LocalDate expiry,
      double strike,
      Side side,
      double lotSize,
      double previousCloseOi,
      double closeOi,
      double closePrice,
      double settlementPrice,
      double volumeDay,
      boolean fromExchange,
      long reportedAt) {}

  /**
   * An end-of-day file wins over a chain, and a later report over an earlier one; an unknown value
   * never replaces a known one.
   */
  private static BulkTable table() {
    List<String> columns = new java.util.ArrayList<>(KEY);
    columns.addAll(VALUES);
    columns.add("source");
    columns.add("reported_at");
    String wins = "(excluded.source, excluded.reported_at) >= (t.source, t.reported_at)";
    Map<String, String> merged = new LinkedHashMap<>();
    for (String column : VALUES) {
      merged.put(
          column,
          "CASE WHEN %2$s THEN coalesce(excluded.%1$s, t.%1$s) ELSE coalesce(t.%1$s, excluded.%1$s) END"
              .formatted(column, wins));
    }
    merged.put("source", "greatest(t.source, excluded.source)");
    merged.put(
        "reported_at", "CASE WHEN " + wins + " THEN excluded.reported_at ELSE t.reported_at END");
    String differs =
        merged.entrySet().stream()
            .map(e -> "t." + e.getKey() + " IS DISTINCT FROM " + e.getValue())
            .collect(Collectors.joining(" OR "));
    String sets =
        merged.entrySet().stream()
            .map(e -> e.getKey() + " = " + e.getValue())
            .collect(Collectors.joining(", "));
    return new BulkTable("fo_contract_day", columns, KEY, differs, sets);
  }

  /** Adds rows or brings those that are there up to date. Returns how many changed. */
  public static int write(Connection connection, String symbol, LocalDate day, List<Row> rows)
      throws SQLException {
    return TABLE.upsert(
        connection,
        copy -> {
          for (Row row : rows) {
            copy.row(13)
                .text(symbol)
                .date(row.expiry())
                .float8(row.strike())
                .text(row.side().label())
                .date(day)
                .int4(row.lotSize())
                .float8(row.previousCloseOi())
                .float8(row.closeOi())
                .float8(row.closePrice())
                .float8(row.settlementPrice())
                .float8(row.volumeDay())
                .text(row.fromExchange() ? "exchange" : "chain")
                .time(row.reportedAt());
          }
        });
  }

  /** One contract's figures of a day. */
  @FunctionalInterface
  public interface Consumer {
    /** Takes them; NaN is unknown. */
    void accept(double strike, Side side, double previousCloseOi, double closeOi);
  }

  /** Hands the figures of an expiry on a day to the consumer. Returns how many there were. */
  public static int read(
      Connection connection, String symbol, LocalDate expiry, LocalDate day, Consumer consumer)
      throws SQLException {
    int found = 0;
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT strike, side, previous_close_oi, close_oi FROM fo_contract_day"
                + " WHERE symbol = ? AND trading_day = ? AND expiry = ?")) {
      statement.setString(1, symbol);
      statement.setObject(2, day);
      statement.setObject(3, expiry);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          Side side = rows.getString(2).equals(Side.CALL.label()) ? Side.CALL : Side.PUT;
          consumer.accept(rows.getDouble(1), side, nullable(rows, 3), nullable(rows, 4));
          found++;
        }
      }
    }
    return found;
  }

  private static double nullable(ResultSet rows, int column) throws SQLException {
    double value = rows.getDouble(column);
    return rows.wasNull() ? Double.NaN : value;
  }
}
