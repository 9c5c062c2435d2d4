package io.strikegrid.server.audit;

import io.strikegrid.engine.time.Session;
import java.time.LocalDate;

/**
 * What is audited at a time.
 *
 * @param symbol canonical symbol
 * @param session of the trading day
 */
public record AuditDay(String symbol, Session session) {

  /** The trading day. */
  public LocalDate day() {
    return session.day();
  }

  @Override
  public String toString() {
    return symbol + " " + day();
  }
}
