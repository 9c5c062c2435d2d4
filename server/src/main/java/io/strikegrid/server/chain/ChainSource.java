package io.strikegrid.server.chain;

import io.strikegrid.engine.grid.GridPage;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.time.Session;
import io.strikegrid.server.live.RunningMinutes;
import io.strikegrid.server.pages.Catalog;
import io.strikegrid.server.pages.Generations;
import io.strikegrid.server.pages.Pages;
import io.strikegrid.server.platform.http.Problem;
import io.strikegrid.server.platform.http.ProblemCode;
import io.strikegrid.server.view.AskedSymbols;
import io.strikegrid.server.view.Gap;
import io.strikegrid.server.view.ListedExpiries;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where every answer about a chain comes from.
 *
 * @param underlyings finds an underlying by symbol or alias
 * @param generations which days there are
 * @param catalog expiries of a day, open interest at the previous close
 * @param pages the bars
 * @param running minutes that are not committed yet
 * @param clock what now is
 */
record ChainSource(
    Function<String, Optional<Underlying>> underlyings,
    Generations generations,
    Catalog catalog,
    Pages pages,
    RunningMinutes running,
    InstantSource clock) {

  /** Now, epoch seconds UTC. */
  long now() {
    return clock.instant().getEpochSecond();
  }

  /**
   * The underlying of a symbol or alias.
   *
   * @throws Problem where nobody knows it, or nothing is stored of it
   */
  Underlying withData(String symbol) {
    return symbols().withData(symbol);
  }

  /**
   * The underlying of a symbol or alias.
   *
   * @throws Problem where nobody knows it
   */
  Underlying known(String symbol) {
    return symbols().known(symbol);
  }

  private AskedSymbols symbols() {
    return new AskedSymbols(underlyings, generations);
  }

  /**
   * The newest trading day with bars, at or before a date.
   *
   * @param parameter what is at fault where there is none
   * @param value of the parameter, as sent
   * @throws Problem where there is none
   */
  LocalDate newestDay(
      Underlying underlying, LocalDate until, String parameter, @Nullable String value) {
    return generations
        .newestBarDay(underlying.symbol(), until)
        .orElseThrow(() -> noData(underlying, "until " + until, parameter, value));
  }

  /** Says that nothing is stored, and from when to when something is. */
  Problem noData(Underlying underlying, String when, String parameter, @Nullable String value) {
    List<LocalDate> days = generations.barDays(underlying.symbol());
    String allowed = days.isEmpty() ? null : days.getFirst() + " to " + days.getLast();
    String detail = "nothing is stored for " + underlying.symbol() + " " + when;
    return new Problem(ProblemCode.NO_DATA, detail, parameter, value, allowed);
  }

  /** All expiries that a trading day with bars lists, at the end of its newest stored minute. */
  ListedExpiries listed(Underlying underlying, Session session) {
    return ListedExpiries.newest(catalog, underlying, session);
  }

  /** The expiries that it had listed by a time, epoch seconds UTC. */
  ListedExpiries listedBy(Underlying underlying, Session session, long at) {
    return ListedExpiries.by(catalog, underlying, session, at);
  }

  /** The session of a trading day, or empty where the calendar has none any more. */
  static Optional<Session> session(Underlying underlying, LocalDate day) {
    return underlying.calendar().session(day);
  }

  /**
   * The bars of an expiry on a trading day.
   *
   * @param page may be empty
   * @param generation that the page was read at
   * @param gap distance of its strikes
   * @param running what of the page is not committed yet
   */
  record Bars(GridPage page, long generation, Gap gap, Optional<RunningMinutes.Running> running) {}
}
