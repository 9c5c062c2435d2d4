package io.strikegrid.server.app;

import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.time.Session;
import io.strikegrid.server.app.demo.DemoMarket;
import io.strikegrid.server.platform.market.MarketCatalog;
import io.strikegrid.server.rollup.DayCommit;
import io.strikegrid.server.rollup.ObservedDay;
import java.time.InstantSource;

/** Puts the generated sample into a store, marked as simulated. */
final class DemoSample {

  /** The same at every start, so that a restart finds its own minutes again. */
  private static final long SEED = 20_260_101L;

  private DemoSample() {}

  static void commit(MarketCatalog markets, DayCommit commit, InstantSource clock) {
    Underlying demo = markets.find(DemoMarket.SYMBOL).orElseThrow();
    DemoMarket.generate(demo, clock.instant(), SEED)
        .forEach((day, expiries) -> {
          Session session = demo.calendar().session(day).orElseThrow();
          ObservedDay source = new ObservedDay(expiries, true, session.close());
          commit.commit(demo, session, Provenance.SIMULATED, source);
        });
  }
}
