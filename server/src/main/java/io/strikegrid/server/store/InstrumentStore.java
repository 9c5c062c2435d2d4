package io.strikegrid.server.store;

import io.strikegrid.engine.market.ExpiryType;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.market.Underlying;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** The contracts that have ever been seen. */
public final class InstrumentStore {

  private static final List<String> KEY = List.of("symbol", "expiry", "strike", "option_type");
  private static final BulkTable TABLE =
      new BulkTable(
          "instruments",
          List.of(
              "symbol",
              "expiry",
              "strike",
              "option_type",
              "expiry_at",
              "expiry_type",
              "strike_gap",
              "first_seen",
              "last_seen"),
          KEY,
          "(least(t.first_seen, excluded.first_seen), greatest(t.last_seen, excluded.last_seen),"
              + " excluded.expiry_at, excluded.expiry_type, excluded.strike_gap)"
              + " IS DISTINCT FROM"
              + " (t.first_seen, t.last_seen, t.expiry_at, t.expiry_type, t.strike_gap)",
          "expiry_at = excluded.expiry_at, expiry_type = excluded.expiry_type,"
              + " strike_gap = excluded.strike_gap, first_seen = least(t.first_seen, excluded.first_seen),"
              + " last_seen = greatest(t.last_seen, excluded.last_seen)");

  private InstrumentStore() {}

  /**
   * A contract.
   *
   * @param symbol canonical symbol
   * @param expiry date of expiry
   * @param strike in the underlying's currency
   * @param optionType {@code call} or {@code put}
   * @param expiryAt epoch seconds UTC
   * @param expiryType weekly or monthly; null where no rule tells
   * @param strikeGap distance of two strikes, if known
   * @param firstSeen first trading day with data
   * @param lastSeen last trading day with data
   */
  public record Row(
      String symbol,
      LocalDate expiry,
      double strike,
      String optionType,
      long expiryAt,
      @Nullable String expiryType,
      OptionalDouble strikeGap,
      LocalDate firstSeen,
      LocalDate lastSeen) {}

  /** Notes that contracts were seen on a day. */
  public static void seen(
      Connection connection,
      Underlying underlying,
      LocalDate expiry,
      List<Double> strikes,
      List<Side> sides,
      LocalDate day)
      throws SQLException {
    long expiryAt = underlying.calendar().expiryAt(expiry).getEpochSecond();
    Optional<ExpiryType> type = underlying.typeOf(expiry);
    TABLE.upsert(
        connection,
        copy -> {
          for (int i = 0; i < strikes.size(); i++) {
            copy.row(9)
                .text(underlying.symbol())
                .date(expiry)
                .float8(strikes.get(i))
                .text(sides.get(i).label())
                .time(expiryAt);
            if (type.isPresent()) {
              copy.text(type.get().label());
            } else {
              copy.nothing();
            }
            copy.float8(underlying.strikeGap().orElse(Double.NaN)).date(day).date(day);
          }
        });
  }

  /** What to look for; a null matches everything. */
  public record Search(
      @Nullable String symbol,
      @Nullable LocalDate expiry,
      @Nullable Double strike,
      @Nullable Side side) {

    private String where() {
      List<String> terms = new ArrayList<>();
      if (symbol != null) {
        terms.add("symbol = :symbol");
      }
      if (expiry != null) {
        terms.add("expiry = :expiry");
      }
      if (strike != null) {
        terms.add("strike = :strike");
      }
      if (side != null) {
        terms.add("option_type = :side");
      }
      return terms.isEmpty() ? "" : " WHERE " + String.join(" AND ", terms);
    }

    private Query bind(Query query) {
      if (symbol != null) {
        query.bind("symbol", symbol);
      }
      if (expiry != null) {
        query.bind("expiry", expiry);
      }
      if (strike != null) {
        query.bind("strike", strike);
      }
      if (side != null) {
        query.bind("side", side.label());
      }
      return query;
    }
  }

  /** How many contracts match. */
  public static long count(Jdbi jdbi, Search search) {
    return jdbi.withHandle(h ->
        search
            .bind(h.createQuery("SELECT count(*) FROM instruments" + search.where()))
            .mapTo(Long.class)
            .one());
  }

  /** A page of the contracts that match, by symbol, expiry, strike and type. */
  public static List<Row> find(Jdbi jdbi, Search search, int limit, int offset) {
    String sql =
        "SELECT symbol, expiry, strike, option_type, extract(epoch FROM expiry_at)::bigint AS at,"
            + " expiry_type, strike_gap, first_seen, last_seen FROM instruments"
            + search.where()
            + " ORDER BY symbol, expiry, strike, option_type LIMIT :limit OFFSET :offset";
    return jdbi.withHandle(h ->
        search
            .bind(h.createQuery(sql))
            .bind("limit", limit)
            .bind("offset", offset)
            .map((rows, context) -> {
              double gap = rows.getDouble("strike_gap");
              return new Row(
                  rows.getString("symbol"),
                  rows.getObject("expiry", LocalDate.class),
                  rows.getDouble("strike"),
                  rows.getString("option_type"),
                  rows.getLong("at"),
                  rows.getString("expiry_type"),
                  gap > 0 ? OptionalDouble.of(gap) : OptionalDouble.empty(),
                  rows.getObject("first_seen", LocalDate.class),
                  rows.getObject("last_seen", LocalDate.class));
            })
            .list());
  }
}
