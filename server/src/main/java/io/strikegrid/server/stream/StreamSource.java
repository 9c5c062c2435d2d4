package io.strikegrid.server.stream;

import io.strikegrid.engine.grid.PageKey;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.time.Session;
import io.strikegrid.engine.time.Timeframe;
import io.strikegrid.server.live.RunningMinutes;
import io.strikegrid.server.pages.Catalog;
import io.strikegrid.server.pages.Generations;
import io.strikegrid.server.pages.PageLoader;
import io.strikegrid.server.pages.Pages;
import io.strikegrid.server.platform.http.Problem;
import io.strikegrid.server.view.AskedSymbols;
import io.strikegrid.server.view.ListedExpiries;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where the figures come from.
 *
 * @param underlyings finds an underlying by symbol or alias
 * @param generations which days there are, and what changes
 * @param catalog expiries of a day
 * @param pages the bars
 * @param running the minutes that are not committed yet
 * @param clock what now is
 */
public record StreamSource(
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
    Underlying underlying = symbols().known(symbol);
    if (day(underlying).isEmpty()) {
      throw symbols().noData(underlying, symbol);
    }
    return underlying;
  }

  private AskedSymbols symbols() {
    return new AskedSymbols(underlyings, generations);
  }

  /** The newest trading day with bars, up to today. */
  Optional<LocalDate> day(Underlying underlying) {
    return generations.newestBarDay(underlying.symbol(), underlying.calendar().dayOf(now()));
  }

  /**
   * The session of the newest trading day with bars.
   *
   * @param symbol as it was sent
   * @throws Problem where there is none
   */
  Session session(Underlying underlying, String symbol) {
    return day(underlying)
        .flatMap(underlying.calendar()::session)
        .orElseThrow(() -> symbols().noData(underlying, symbol));
  }

  /** The expiries listed at the end of the newest stored minute of a trading day with bars. */
  ListedExpiries listed(Underlying underlying, Session session) {
    return ListedExpiries.newest(catalog, underlying, session);
  }

  /** A page at the newest generation that is known. */
  ChainPage page(Underlying underlying, PageKey key, Session session) {
    PageLoader.Loaded loaded = pages.get(key, session);
    return new ChainPage(underlying, loaded, minutes(loaded, session));
  }

  /** The page of one-minute bars beside a page; itself where it is one. */
  PageLoader.Loaded minutes(PageLoader.Loaded loaded, Session session) {
    PageKey key = loaded.page().key();
    return key.timeframe() == Timeframe.MIN1
        ? loaded
        : pages.get(new PageKey(key.symbol(), key.expiry(), Timeframe.MIN1, key.day()), session);
  }
}
