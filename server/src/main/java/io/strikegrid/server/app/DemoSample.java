package io.strikegrid.server.app;

import io.strikegrid.engine.bar.BarBuilder;
import io.strikegrid.engine.bar.Observation;
import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.time.Session;
import io.strikegrid.server.app.demo.DemoMarket;
import io.strikegrid.server.platform.market.MarketCatalog;
import io.strikegrid.server.rollup.DayCommit;
import io.strikegrid.server.rollup.DaySource;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Puts the generated sample into a store, marked as simulated. */
final class DemoSample {

  /** The same at every start, so that a restart finds its own minutes again. */
  private static final long SEED = 20_260_101L;

  private DemoSample() {}

  static void commit(MarketCatalog markets, DayCommit commit, InstantSource clock) {
    Underlying demo = markets.find(DemoMarket.SYMBOL).orElseThrow();
    DemoMarket.generate(demo, clock.instant(), SEED)
        .forEach((day, expiries) -> commit(demo, day, built(demo, day, expiries), commit));
  }

  private static TreeMap<LocalDate, BarBuilder.Result> built(
      Underlying demo, LocalDate day, NavigableMap<LocalDate, List<Observation>> expiries) {
    long close = demo.calendar().session(day).orElseThrow().close();
    TreeMap<LocalDate, BarBuilder.Result> built = new TreeMap<>();
    expiries.forEach((expiry, seen) -> built.put(expiry, BarBuilder.build(seen, true, close)));
    return built;
  }

  private static void commit(
      Underlying demo,
      LocalDate day,
      TreeMap<LocalDate, BarBuilder.Result> built,
      DayCommit commit) {
    Session session = demo.calendar().session(day).orElseThrow();
    commit.commit(demo, session, Provenance.SIMULATED, DaySource.of(built, List.of()));
  }
}
