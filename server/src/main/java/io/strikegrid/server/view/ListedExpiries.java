package io.strikegrid.server.view;

import io.strikegrid.engine.market.ExpiryCalendar;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.time.Session;
import io.strikegrid.server.pages.Catalog;
import java.time.LocalDate;
import java.util.List;

/**
 * The expiries of a trading day as of a time of it.
 *
 * @param calendar those that were listed by then: what labels count
 * @param ofDay those of the whole day: what may be asked for by its date
 * @param day the trading day
 * @param at when labels are of, epoch seconds UTC
 * @param version of what it was read from
 */
public record ListedExpiries(
    ExpiryCalendar calendar, ExpiryCalendar ofDay, LocalDate day, long at, String version) {

  /** All of a day, at the end of its newest stored minute. */
  public static ListedExpiries newest(Catalog catalog, Underlying underlying, Session session) {
    Catalog.Listing listing = catalog.listing(underlying, session);
    long end = listing.newestEnd().orElse(session.close());
    ExpiryCalendar all = new ExpiryCalendar(underlying, listing.all());
    return new ListedExpiries(all, all, session.day(), end, listing.version());
  }

  /**
   * Those that were listed by a time of the day, epoch seconds UTC; before any was, those of the
   * day, of which nothing else is known then.
   */
  public static ListedExpiries by(
      Catalog catalog, Underlying underlying, Session session, long at) {
    Catalog.Listing listing = catalog.listing(underlying, session);
    List<LocalDate> then = listing.by(at);
    return new ListedExpiries(
        new ExpiryCalendar(underlying, then.isEmpty() ? listing.all() : then),
        new ExpiryCalendar(underlying, listing.all()),
        session.day(),
        at,
        listing.version());
  }

  /** The same expiries, with the labels that they have at another time. */
  public ListedExpiries at(long time) {
    return new ListedExpiries(calendar, ofDay, day, time, version);
  }

  /** Whether an expiry may be asked for: also one that was over by then, or not listed yet. */
  public boolean has(LocalDate expiry) {
    return ofDay.isListed(expiry, day);
  }

  /** Every label that means an expiry then. */
  public List<String> labelsOf(LocalDate expiry) {
    return calendar.labelsOf(expiry, at);
  }
}
