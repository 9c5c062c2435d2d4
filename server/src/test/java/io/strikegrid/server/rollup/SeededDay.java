package io.strikegrid.server.rollup;

import io.strikegrid.engine.bar.Observation;
import io.strikegrid.engine.bar.ObservationField;
import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.time.Session;
import io.strikegrid.server.platform.market.MarketCatalog;
import io.strikegrid.server.store.Database;
import io.strikegrid.server.store.GenerationStore;
import io.strikegrid.testkit.ChainGenerator;
import io.strikegrid.testkit.ChainShape;
import io.strikegrid.testkit.ManualClock;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * A random day of two expiries with every fault but those that only the whole day can tell, and the
 * commit of parts of it.
 */
public final class SeededDay {

  /** The trading day. */
  public static final LocalDate DAY = LocalDate.of(2025, 4, 22);

  /** Its expiries. */
  public static final List<LocalDate> EXPIRIES =
      List.of(LocalDate.of(2025, 4, 24), LocalDate.of(2025, 4, 30));

  /** NIFTY50 as shipped. */
  public static final Underlying NIFTY =
      MarketCatalog.load(List.of()).find("NIFTY50").orElseThrow();

  /** The session of the day. */
  public static final Session SESSION = NIFTY.calendar().session(DAY).orElseThrow();

  private final long seed;
  private final TreeMap<LocalDate, List<Observation>> observations = new TreeMap<>();

  /** One of a seed. */
  public SeededDay(long seed) {
    this.seed = seed;
    ChainShape shape =
        new ChainShape(9, 50, 24_500, 75, 3, 50, 2, 0.15, 0.1, 0.02, 0.05, 0.05, 0.03, 0, false);
    for (LocalDate expiry : EXPIRIES) {
      observations.put(
          expiry, quoted(new ChainGenerator(seed).observations(expiry, SESSION, shape)));
    }
  }

  /** The same, where every contract of a snapshot comes with the snapshot's underlying. */
  private static List<Observation> quoted(List<Observation> observations) {
    int underlying = ObservationField.UNDERLYING.ordinal();
    Map<Long, Double> prices = new HashMap<>();
    for (Observation o : observations) {
      if (o.values()[underlying] > 0) {
        prices.put(o.time(), o.values()[underlying]);
      }
    }
    observations.forEach(o -> o.values()[underlying] = prices.getOrDefault(o.time(), Double.NaN));
    return observations;
  }

  /** Observations with everything that goes wrong in a feed; the seed is printed. */
  public static Map<LocalDate, List<Observation>> messy(long seed, int minutes) {
    System.out.println("seed " + seed);
    Map<LocalDate, List<Observation>> seen = new TreeMap<>();
    ChainShape shape = ChainShape.messy(minutes).withStrikes(9, 50, 24_000);
    for (LocalDate expiry : EXPIRIES) {
      seen.put(
          expiry,
          new ChainGenerator(seed + expiry.getDayOfYear())
              .observations(expiry, SESSION, shape).stream()
                  .filter(o -> SESSION.contains(o.time()))
                  .toList());
    }
    return seen;
  }

  /** One of a random seed. */
  public static SeededDay random() {
    return new SeededDay(RandomGenerator.getDefault().nextLong());
  }

  /** The seed, to be printed where a test fails. */
  public long seed() {
    return seed;
  }

  /** Number of the minute of an observation, from the opening. */
  public static long minute(Observation o) {
    return (o.time() - SESSION.open()) / 60;
  }

  /** A writer into a database. */
  public static DayCommit commit(Database database) {
    return commit(database, row -> {});
  }

  /** A writer into a database that tells of its generations. */
  public static DayCommit commit(Database database, Consumer<GenerationStore.Row> committed) {
    return new DayCommit(
        database, ManualClock.at("2025-04-22T12:00:00Z"), change -> committed.accept(change.row()));
  }

  /** Commits the observations that fit. */
  public DayCommit.Outcome write(
      DayCommit commit, Provenance provenance, Predicate<Observation> which) {
    return commit.commit(NIFTY, SESSION, provenance, source(which));
  }

  /** Commits all of them, as imported. */
  public DayCommit.Outcome write(DayCommit commit) {
    return write(commit, Provenance.IMPORTED, o -> true);
  }

  private DaySource source(Predicate<Observation> which) {
    TreeMap<LocalDate, List<Observation>> some = new TreeMap<>();
    observations.forEach((expiry, all) -> {
      List<Observation> ofExpiry = all.stream().filter(which).toList();
      if (!ofExpiry.isEmpty()) {
        some.put(expiry, ofExpiry);
      }
    });
    return new ObservedDay(some, false, SESSION.close());
  }
}
