package io.strikegrid.server.store;

import io.strikegrid.engine.market.LotRule;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.time.Hours;
import io.strikegrid.engine.time.TradingCalendar;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Calendars, underlyings, lots and aliases as tables, for people's SQL. The process itself goes by
 * the market files; each start makes the tables say the same.
 */
public final class MarketStore {

  private MarketStore() {}

  /** Brings the tables up to date in one transaction. */
  public static void publish(
      Database database,
      Collection<Underlying> underlyings,
      Map<String, String> aliases,
      Collection<TradingCalendar> calendars) {
    database
        .jdbi()
        .useTransaction(h -> {
          h.execute("SELECT pg_advisory_xact_lock(hashtext('strikegrid markets'))");
          calendars.forEach(c -> publish(h, c));
          underlyings.forEach(u -> publish(h, u));
          publish(h, aliases);
        });
  }

  /** Notes an underlying that data came for, where no market file names it. */
  public static void note(Connection connection, Underlying underlying) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO underlyings (symbol, name, market, calendar, strike_gap, whole_units)"
                + " VALUES (?, ?, ?, ?, NULL, ?) ON CONFLICT DO NOTHING")) {
      statement.setString(1, underlying.symbol());
      statement.setString(2, underlying.name());
      statement.setString(3, underlying.market());
      statement.setString(4, underlying.calendar().name());
      statement.setBoolean(5, underlying.wholeUnits());
      statement.executeUpdate();
    }
  }

  /** The market of a symbol that data came for; empty where none did. */
  public static Optional<String> market(Database database, String symbol) {
    return database
        .jdbi()
        .withHandle(h ->
            h.select("SELECT market FROM underlyings WHERE symbol = ?", symbol)
                .mapTo(String.class)
                .findOne());
  }

  private static void publish(Handle h, TradingCalendar calendar) {
    h.execute(
        "INSERT INTO trading_calendars (calendar, zone, weekdays, opening, length, expiry_time)"
            + " VALUES (?, ?, ?, ?::time, ? * interval '1 minute', ?::time)"
            + " ON CONFLICT (calendar) DO UPDATE SET zone = excluded.zone,"
            + " weekdays = excluded.weekdays, opening = excluded.opening,"
            + " length = excluded.length, expiry_time = excluded.expiry_time",
        calendar.name(),
        calendar.zone().getId(),
        calendar.weekdays().stream().sorted().map(Enum::name).collect(Collectors.joining(" ")),
        calendar.open(),
        calendar.length().toMinutes(),
        calendar.expiryTime());
    h.execute("DELETE FROM trading_holidays WHERE calendar = ?", calendar.name());
    h.execute("DELETE FROM trading_special_sessions WHERE calendar = ?", calendar.name());
    if (!calendar.holidays().isEmpty()) {
      PreparedBatch holidays =
          h.prepareBatch("INSERT INTO trading_holidays (calendar, day, reason) VALUES (?, ?, ?)");
      calendar
          .holidays()
          .forEach((LocalDate day, String why) -> holidays.add(calendar.name(), day, why));
      holidays.execute();
    }
    if (!calendar.specialSessions().isEmpty()) {
      PreparedBatch sessions =
          h.prepareBatch(
              "INSERT INTO trading_special_sessions (calendar, day, opening, length)"
                  + " VALUES (?, ?, ?::time, ? * interval '1 minute')");
      calendar
          .specialSessions()
          .forEach((LocalDate day, Hours hours) -> add(sessions, calendar.name(), day, hours));
      sessions.execute();
    }
  }

  private static void add(PreparedBatch batch, String calendar, LocalDate day, Hours hours) {
    LocalTime open = hours.open();
    Duration length = hours.length();
    batch.add(calendar, day, open, length.toMinutes());
  }

  private static void publish(Handle h, Underlying underlying) {
    h.execute(
        "INSERT INTO underlyings (symbol, name, market, calendar, strike_gap, whole_units)"
            + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (symbol) DO UPDATE SET name = excluded.name,"
            + " market = excluded.market, calendar = excluded.calendar,"
            + " strike_gap = excluded.strike_gap, whole_units = excluded.whole_units",
        underlying.symbol(),
        underlying.name(),
        underlying.market(),
        underlying.calendar().name(),
        underlying.strikeGap().isPresent() ? underlying.strikeGap().getAsDouble() : null,
        underlying.wholeUnits());
    h.execute("DELETE FROM instrument_lots WHERE symbol = ?", underlying.symbol());
    h.execute("DELETE FROM instrument_aliases WHERE symbol = ?", underlying.symbol());
    if (!underlying.lots().isEmpty()) {
      PreparedBatch lots =
          h.prepareBatch(
              "INSERT INTO instrument_lots (symbol, expiry_from, expiry_to, date_from, lot_size)"
                  + " VALUES (?, ?, ?, ?, ?)");
      for (LotRule lot : underlying.lots()) {
        lots.add(underlying.symbol(), lot.expiryFrom(), lot.expiryTo(), lot.dateFrom(), lot.lot());
      }
      lots.execute();
    }
  }

  private static void publish(Handle h, Map<String, String> aliases) {
    PreparedBatch batch =
        h.prepareBatch(
            "INSERT INTO instrument_aliases (alias, symbol) VALUES (?, ?)"
                + " ON CONFLICT (alias) DO UPDATE SET symbol = excluded.symbol");
    aliases.forEach((alias, symbol) -> batch.add(alias, symbol));
    if (!aliases.isEmpty()) {
      batch.execute();
    }
  }
}
