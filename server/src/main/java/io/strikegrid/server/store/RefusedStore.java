package io.strikegrid.server.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Ticks that were answered for and refused later, until an operator has decided about them. Bounded
 * in rows and bytes: the oldest of the symbol that has most are dropped for new ones, and counted,
 * so that what comes of one symbol pushes out its own. Safe for use by several threads and
 * processes.
 */
public final class RefusedStore {

  /** Most rows. */
  public static final int MOST_ROWS = 10_000;

  /** Most bytes of ticks. */
  public static final long MOST_BYTES = 256L << 20;

  private static final String COLUMNS =
      "id, refused_at, feed, symbol, trading_day, expiry, minute, code, message, tick_count,"
          + " octet_length(ticks), acknowledged_at";
  private static final String ADD =
      "INSERT INTO strikegrid.refused (refused_at, feed, symbol, trading_day, expiry, minute, code,"
          + " message, tick_count, ticks) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

  /**
   * A row's place and bytes within its symbol, then among all: so the largest symbols lose first.
   */
  private static final String TRIM =
      "WITH own AS (SELECT id, octet_length(ticks) AS size, acknowledged_at IS NOT NULL AS seen,"
          + " id = max(id) OVER () AS is_newest, row_number() OVER newest AS place,"
          + " sum(octet_length(ticks)) OVER newest AS bytes FROM strikegrid.refused"
          + " WINDOW newest AS (PARTITION BY symbol, acknowledged_at IS NULL ORDER BY id DESC)),"
          + " shared AS (SELECT id, is_newest,"
          + " row_number() OVER (ORDER BY seen, NOT is_newest, place, id DESC) AS place,"
          + " sum(size) OVER (ORDER BY seen, NOT is_newest, bytes, id DESC) AS bytes FROM own),"
          + " gone AS (DELETE FROM strikegrid.refused r USING shared s WHERE r.id = s.id"
          + " AND NOT s.is_newest AND (s.place > ? OR s.bytes > ?) RETURNING r.tick_count)"
          + " UPDATE strikegrid.refused_dropped SET row_count = row_count + g.rows_gone,"
          + " tick_count = tick_count + g.ticks_gone FROM (SELECT count(*) AS rows_gone,"
          + " coalesce(sum(tick_count), 0) AS ticks_gone FROM gone) g";

  private final Database database;
  private final int mostRows;
  private final long mostBytes;

  /** With the usual bounds. */
  public RefusedStore(Database database) {
    this(database, MOST_ROWS, MOST_BYTES);
  }

  /** With bounds of its own; the newest row is kept whatever it takes. */
  public RefusedStore(Database database, int mostRows, long mostBytes) {
    this.database = database;
    this.mostRows = mostRows;
    this.mostBytes = mostBytes;
  }

  /**
   * Ticks of one minute and expiry, without themselves.
   *
   * @param id that it is named by; 0 before it is stored
   * @param at when they were refused
   * @param expiry empty for prices of the underlying alone
   * @param minute its start
   * @param count how many they are
   * @param bytes that they take
   * @param acknowledged when an operator said to have seen them
   */
  public record Row(
      long id,
      Instant at,
      String feed,
      String symbol,
      LocalDate day,
      Optional<LocalDate> expiry,
      Instant minute,
      String code,
      String message,
      int count,
      long bytes,
      Optional<Instant> acknowledged) {}

  /**
   * A row with its ticks.
   *
   * @param ticks as bytes
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Refused(Row row, byte[] ticks) {}

  /**
   * How many rows and ticks there are of a kind.
   *
   * @param rows each of one minute and expiry
   * @param ticks in them
   */
  public record Count(long rows, long ticks) {

    private Count plus(Count other) {
      return new Count(rows + other.rows, ticks + other.ticks);
    }
  }

  /**
   * What is there, all in all.
   *
   * @param byCode by the code of the reason
   * @param unacknowledged of them, what no operator has seen
   * @param oldest when the oldest was refused
   * @param dropped what was dropped since the store began
   */
  public record Summary(
      Map<String, Count> byCode, Count unacknowledged, Optional<Instant> oldest, Count dropped) {

    /** All of them. */
    public Count all() {
      return byCode.values().stream().reduce(new Count(0, 0), Count::plus);
    }
  }

  /**
   * Adds rows, all or none, and drops some where that makes too many: those that somebody has seen
   * first, and among these and the others the oldest of the symbol that has most.
   */
  public void add(List<Refused> rows) {
    database.write(connection -> {
      lock(connection);
      try (PreparedStatement statement = connection.prepareStatement(ADD)) {
        for (Refused refused : rows) {
          set(statement, refused);
          statement.executeUpdate();
        }
      }
      try (PreparedStatement statement = connection.prepareStatement(TRIM)) {
        statement.setInt(1, mostRows);
        statement.setLong(2, mostBytes);
        return statement.executeUpdate();
      }
    });
  }

  private static void lock(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT pg_advisory_xact_lock(hashtextextended('strikegrid refused', 0))")) {
      statement.execute();
    }
  }

  private static void set(PreparedStatement statement, Refused refused) throws SQLException {
    Row row = refused.row();
    statement.setTimestamp(1, Timestamp.from(row.at()));
    statement.setString(2, row.feed());
    statement.setString(3, row.symbol());
    statement.setObject(4, row.day());
    statement.setObject(5, row.expiry().orElse(null));
    statement.setTimestamp(6, Timestamp.from(row.minute()));
    statement.setString(7, row.code());
    statement.setString(8, row.message());
    statement.setInt(9, row.count());
    statement.setBytes(10, refused.ticks());
  }

  /** The oldest rows, in their order. */
  public List<Row> list(int most) {
    return database.read(connection -> {
      List<Row> found = new ArrayList<>();
      try (PreparedStatement statement =
          connection.prepareStatement(
              "SELECT " + COLUMNS + " FROM strikegrid.refused ORDER BY id LIMIT ?")) {
        statement.setInt(1, most);
        try (ResultSet rows = statement.executeQuery()) {
          while (rows.next()) {
            found.add(row(rows));
          }
        }
      }
      return found;
    });
  }

  /** A row with its ticks; empty where there is none of that number. */
  public Optional<Refused> find(long id) {
    return database.read(connection -> {
      try (PreparedStatement statement =
          connection.prepareStatement(
              "SELECT " + COLUMNS + ", ticks FROM strikegrid.refused WHERE id = ?")) {
        statement.setLong(1, id);
        try (ResultSet rows = statement.executeQuery()) {
          return rows.next()
              ? Optional.of(new Refused(row(rows), rows.getBytes("ticks")))
              : Optional.empty();
        }
      }
    });
  }

  private static Row row(ResultSet rows) throws SQLException {
    return new Row(
        rows.getLong(1),
        rows.getTimestamp(2).toInstant(),
        rows.getString(3),
        rows.getString(4),
        rows.getObject(5, LocalDate.class),
        Optional.ofNullable(rows.getObject(6, LocalDate.class)),
        rows.getTimestamp(7).toInstant(),
        rows.getString(8),
        rows.getString(9),
        rows.getInt(10),
        rows.getLong(11),
        moment(rows.getTimestamp(12)));
  }

  private static Optional<Instant> moment(@Nullable Timestamp time) {
    return Optional.ofNullable(time).map(Timestamp::toInstant);
  }

  /** Lets go of a row; false where it was not there. */
  public boolean drop(long id) {
    return update("DELETE FROM strikegrid.refused WHERE id = ?", id);
  }

  /** Notes that an operator has seen a row; false where it is not there. */
  public boolean acknowledge(long id) {
    return update(
        "UPDATE strikegrid.refused SET acknowledged_at = coalesce(acknowledged_at, now())"
            + " WHERE id = ?",
        id);
  }

  private boolean update(String sql, long id) {
    return database.makeRoom(connection -> {
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        statement.setLong(1, id);
        return statement.executeUpdate() > 0;
      }
    });
  }

  /** What is there, all in all. */
  public Summary summary() {
    return database.read(RefusedStore::summary);
  }

  private static Summary summary(Connection connection) throws SQLException {
    Map<String, Count> byCode = new TreeMap<>();
    Count unseen = new Count(0, 0);
    Optional<Instant> oldest = Optional.empty();
    try (PreparedStatement statement =
            connection.prepareStatement(
                "SELECT code, count(*), sum(tick_count), min(refused_at),"
                    + " count(*) FILTER (WHERE acknowledged_at IS NULL),"
                    + " coalesce(sum(tick_count) FILTER (WHERE acknowledged_at IS NULL), 0)"
                    + " FROM strikegrid.refused GROUP BY code");
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        byCode.put(rows.getString(1), new Count(rows.getLong(2), rows.getLong(3)));
        Instant first = rows.getTimestamp(4).toInstant();
        oldest = oldest.filter(first::isAfter).or(() -> Optional.of(first));
        unseen = unseen.plus(new Count(rows.getLong(5), rows.getLong(6)));
      }
    }
    try (PreparedStatement statement =
            connection.prepareStatement(
                "SELECT row_count, tick_count FROM strikegrid.refused_dropped");
        ResultSet rows = statement.executeQuery()) {
      Count dropped = rows.next() ? new Count(rows.getLong(1), rows.getLong(2)) : new Count(0, 0);
      return new Summary(byCode, unseen, oldest, dropped);
    }
  }
}
