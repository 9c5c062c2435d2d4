package io.strikegrid.server.ingest;

import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.time.Session;
import io.strikegrid.server.platform.market.MarketCatalog;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Optional;

/**
 * What a contract and a time must keep to that came by themselves, without a file and its profile.
 * Each check names the field as it was sent.
 */
public final class ContractCheck {

  private static final int FURTHEST_EXPIRY_YEARS = 50;

  private ContractCheck() {}

  /** The underlying of a symbol or alias. */
  public static Underlying underlying(MarketCatalog markets, String field, String symbol)
      throws RefusedRow {
    Optional<Underlying> found = markets.find(symbol);
    if (found.isEmpty()) {
      SymbolCheck.check(field, symbol);
      throw new RefusedRow("unknown_symbol", field, symbol, "a configured symbol");
    }
    return found.get();
  }

  /**
   * Refuses a time before 1990 or in the future.
   *
   * @param millis epoch milliseconds UTC
   * @param leewayMillis how far ahead of our clock another one may be
   * @param rule how times are written, for the message
   */
  public static void time(
      long millis, InstantSource clock, long leewayMillis, String field, String shown, String rule)
      throws RefusedRow {
    if (Math.floorDiv(millis, 1000) < Formats.EARLIEST) {
      throw new RefusedRow("bad_time", field, shown, rule);
    }
    if (millis > clock.millis() + leewayMillis) {
      throw new RefusedRow("in_future", field, shown, "not after now");
    }
  }

  /** The trading session that holds a time, epoch seconds UTC. */
  public static Session session(Underlying underlying, long second, String field, String shown)
      throws RefusedRow {
    LocalDate day = underlying.calendar().dayOf(second);
    Optional<Session> session = underlying.calendar().session(day);
    if (session.isEmpty()) {
      throw new RefusedRow(
          RowFate.CLOSED_DAY.label(),
          field,
          shown,
          "on a trading day (closed: "
              + underlying.calendar().closedBecause(day).orElse("no session")
              + ")");
    }
    if (!session.get().contains(second)) {
      throw new RefusedRow(
          RowFate.OUTSIDE_SESSION.label(),
          field,
          shown,
          "within the session from "
              + Instant.ofEpochSecond(session.get().open())
              + " to "
              + Instant.ofEpochSecond(session.get().close()));
    }
    return session.get();
  }

  /** The date of an expiry that is not over before a trading day. */
  public static LocalDate expiry(String field, String text, LocalDate day) throws RefusedRow {
    LocalDate expiry;
    try {
      expiry = LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw new RefusedRow("bad_date", field, text, "a date like yyyy-MM-dd");
    }
    if (expiry.isBefore(day) || expiry.getYear() > day.getYear() + FURTHEST_EXPIRY_YEARS) {
      throw new RefusedRow(
          "after_expiry",
          field,
          text,
          "from " + day + " to " + FURTHEST_EXPIRY_YEARS + " years later");
    }
    return expiry;
  }

  /** Refuses a time, epoch seconds UTC, at which the contract is over. */
  public static void notExpired(
      Underlying underlying, LocalDate expiry, long second, String field, String shown)
      throws RefusedRow {
    Instant end = underlying.calendar().expiryAt(expiry);
    if (second >= end.getEpochSecond()) {
      throw new RefusedRow("after_expiry", field, shown, "before the option expires at " + end);
    }
  }
}
