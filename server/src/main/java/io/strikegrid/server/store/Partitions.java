package io.strikegrid.server.store;

import io.strikegrid.engine.time.Session;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.postgresql.util.PSQLState;

/**
 * The partitions of one-minute bars, one for each UTC day. TimescaleDB makes its chunks by itself.
 *
 * <p>Remembers the UTC days whose partitions of one-minute bars are known to be there, so that a
 * commit need not ask. A day that another process dropped since is learnt of when a row finds no
 * partition. Safe for use by any number of threads.
 */
final class Partitions {

  /** Days that are remembered; above it, all are asked for again. */
  private static final int REMEMBERED = 4_096;

  private static final String PREFIX = BarStore.TABLE + "_p";
  private static final String PARTITIONS =
      "SELECT day FROM unnest(?) AS asked(day), pg_inherits WHERE inhparent = '"
          + BarStore.TABLE
          + "'::regclass AND inhrelid = to_regclass('"
          + PREFIX
          + "' || to_char(day, 'YYYYMMDD'))";
  private static final String CHUNKS =
      "SELECT day FROM unnest(?) AS asked(day) WHERE EXISTS ("
          + "SELECT FROM timescaledb_information.chunks WHERE hypertable_schema = 'public'"
          + " AND hypertable_name = '"
          + BarStore.TABLE
          + "' AND range_start < (day + 1)::timestamp AT TIME ZONE 'UTC'"
          + " AND range_end > day::timestamp AT TIME ZONE 'UTC')";

  private final Engine engine;
  private final Set<LocalDate> known = new ConcurrentSkipListSet<>();

  Partitions(Engine engine) {
    this.engine = engine;
  }

  private void remember(LocalDate day) {
    if (known.size() >= REMEMBERED) {
      known.clear();
    }
    known.add(day);
  }

  /** Makes those of a session where they are missing, each in a transaction of its own. */
  void ensure(Database database, Session session) {
    if (engine == Engine.PLAIN) {
      for (LocalDate day : days(session)) {
        if (!known.contains(day)) {
          make(database, day);
          remember(day);
        }
      }
    }
  }

  /**
   * How many days of sessions have none yet. The catalogue is asked once for all that are not
   * known.
   */
  int missing(Database database, Collection<Session> sessions) {
    List<LocalDate> asked =
        sessions.stream()
            .flatMap(session -> days(session).stream())
            .distinct()
            .filter(day -> !known.contains(day))
            .toList();
    if (asked.isEmpty()) {
      return 0;
    }
    List<LocalDate> there = database.read(connection -> select(connection, asked));
    there.forEach(this::remember);
    return asked.size() - there.size();
  }

  private List<LocalDate> select(Connection connection, List<LocalDate> asked) throws SQLException {
    String sql = engine == Engine.PLAIN ? PARTITIONS : CHUNKS;
    List<LocalDate> there = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, connection.createArrayOf("date", asked.toArray()));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          there.add(rows.getObject(1, LocalDate.class));
        }
      }
    }
    return there;
  }

  /**
   * Made beside the table and then attached, since creating it as its partition would wait for
   * whoever reads or writes bars, and let all others wait behind it.
   */
  private static void make(Database database, LocalDate day) {
    String name = PREFIX + day.format(DateTimeFormatter.BASIC_ISO_DATE);
    database.write(connection -> {
      Database.execute(
          connection, "SELECT pg_advisory_xact_lock(hashtext('strikegrid partition'))");
      if (!isThere(connection, name)) {
        Database.execute(
            connection, "CREATE TABLE %s (LIKE %s INCLUDING ALL)".formatted(name, BarStore.TABLE));
        Database.execute(
            connection,
            "ALTER TABLE %s ATTACH PARTITION %s FOR VALUES FROM ('%s 00:00+00') TO ('%s 00:00+00')"
                .formatted(BarStore.TABLE, name, day, day.plusDays(1)));
      }
      return day;
    });
  }

  private static boolean isThere(Connection connection, String name) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT to_regclass(?) IS NOT NULL")) {
      statement.setString(1, name);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() && rows.getBoolean(1);
      }
    }
  }

  /** Names of those that end by the start of a UTC day, with a schema where one is needed. */
  static List<String> before(Connection connection, LocalDate day) throws SQLException {
    List<String> found = new ArrayList<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = ?::regclass")) {
      statement.setString(1, BarStore.TABLE);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          String name = rows.getString(1);
          if (name.matches(PREFIX + "\\d{8}") && dayOf(name).isBefore(day)) {
            found.add(name);
          }
        }
      }
    }
    return found;
  }

  private static LocalDate dayOf(String name) {
    return LocalDate.parse(name.substring(PREFIX.length()), DateTimeFormatter.BASIC_ISO_DATE);
  }

  private static List<LocalDate> days(Session session) {
    LocalDate first = utcDay(session.open());
    return first.datesUntil(utcDay(session.close() - 1).plusDays(1)).toList();
  }

  private static LocalDate utcDay(long epochSecond) {
    return Instant.ofEpochSecond(epochSecond).atZone(ZoneOffset.UTC).toLocalDate();
  }

  /** Forgets all, since some may be dropped. */
  void forget() {
    known.clear();
  }

  /** Forgets all where a row was refused because its partition is not there. */
  void learn(SQLException e) {
    String message = e.getMessage();
    if (PSQLState.CHECK_VIOLATION.getState().equals(e.getSQLState())
        && message != null
        && message.contains(BarStore.TABLE)) {
      forget();
    }
  }
}
