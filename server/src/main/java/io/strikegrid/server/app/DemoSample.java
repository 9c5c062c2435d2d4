package io.strikegrid.server.app;

import io.strikegrid.engine.bar.Observation;
import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.time.Session;
import io.strikegrid.server.app.demo.DemoMarket;
import io.strikegrid.server.app.demo.Simulator;
import io.strikegrid.server.live.TickSink;
import io.strikegrid.server.platform.market.MarketCatalog;
import io.strikegrid.server.platform.watch.Watch;
import io.strikegrid.server.rollup.ContractFigures;
import io.strikegrid.server.rollup.DayCommit;
import io.strikegrid.server.rollup.DaySource;
import io.strikegrid.server.rollup.ObservedDay;
import io.strikegrid.server.store.ContractDayStore;
import io.strikegrid.server.store.Database;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Puts the generated sample into a store, marked as simulated. */
final class DemoSample {

  /** The same at every start, so that a restart finds its own minutes again. */
  private static final long SEED = 20_260_101L;

  private static final int MINUTE = 60;

  private DemoSample() {}

  /**
   * Fills the hours before a time, but for minutes that are there.
   *
   * @param now the minute that holds it is not filled
   */
  static void commit(MarketCatalog markets, Database database, DayCommit commit, Instant now) {
    Underlying demo = markets.find(DemoMarket.SYMBOL).orElseThrow();
    Set<Long> there = stored(database);
    DemoMarket.generate(demo, now, SEED)
        .forEach((day, expiries) -> {
          Session session = demo.calendar().session(day).orElseThrow();
          TreeMap<LocalDate, List<Observation>> missing = new TreeMap<>();
          expiries.forEach((expiry, all) -> {
            List<Observation> some =
                all.stream()
                    .filter(o -> !there.contains(Math.floorDiv(o.time(), MINUTE) * MINUTE))
                    .toList();
            if (!some.isEmpty()) {
              missing.put(expiry, some);
            }
          });
          if (!missing.isEmpty()) {
            commit.commit(demo, session, Provenance.SIMULATED, source(demo, session, missing));
          }
        });
  }

  /**
   * With the previous closes that the sample tells, so that they are known before a live minute is.
   */
  private static DaySource source(
      Underlying demo, Session session, Map<LocalDate, List<Observation>> observations) {
    return new ObservedDay(observations, true, session.close()) {
      @Override
      public List<ContractDayStore.Row> figures() {
        List<ContractDayStore.Row> all = new ArrayList<>();
        results()
            .forEach(
                (expiry, result) -> all.addAll(ContractFigures.of(demo, session, expiry, result)));
        return all;
      }
    };
  }

  /** Minutes that have bars already, such as those that the simulator left. */
  private static Set<Long> stored(Database database) {
    return database
        .jdbi()
        .withHandle(h ->
            h.select(
                    "SELECT DISTINCT extract(epoch FROM bucket_time)::bigint FROM fo_expiry_metrics"
                        + " WHERE symbol = ?",
                    DemoMarket.SYMBOL)
                .mapTo(Long.class)
                .set());
  }

  /** Starts the feed that goes on from there, with the minute that holds a time. */
  static Simulator simulator(
      MarketCatalog markets, TickSink sink, InstantSource clock, Instant now, Watch watch) {
    Instant from = now.truncatedTo(ChronoUnit.MINUTES);
    return new Simulator(
        markets.find(DemoMarket.SYMBOL).orElseThrow(), SEED, sink, clock, from, watch);
  }
}
