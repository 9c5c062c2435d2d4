package io.strikegrid.server.ingest;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.strikegrid.engine.time.Session;
import io.strikegrid.server.pages.Generations;
import io.strikegrid.server.rollup.TooManyStrikesException;
import io.strikegrid.server.store.BarStore;
import io.strikegrid.server.store.Database;
import io.strikegrid.server.store.StoreException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which strikes the expiries of trading days have: those that are stored, and those of ticks that
 * came here within some minutes, by when they are stored or never will be. An expiry that is full
 * takes ticks of its strikes and of no others. What another server takes at the same moment is not
 * known, so that a day may still turn out to have too many; where the store does not answer, every
 * strike is taken.
 *
 * <p>Bounded: what was not asked for the longest is forgotten, and read again. Safe for use by any
 * number of threads.
 */
public final class KnownStrikes {

  private static final Logger LOG = LoggerFactory.getLogger(KnownStrikes.class);
  private static final int MOST_EXPIRIES = 2_000;
  private static final long TURN_NANOS = Duration.ofMinutes(2).toNanos();

  private final Database database;
  private final Generations generations;
  private final LongSupplier nanos;
  private final Cache<Key, Known> expiries =
      Caffeine.newBuilder().maximumSize(MOST_EXPIRIES).build();

  private record Key(String symbol, LocalDate day, LocalDate expiry) {}

  /** Strikes of one expiry. Guarded by itself. */
  private static final class Known {
    private Set<Double> stored = Set.of();
    private Set<Double> came = new HashSet<>();
    private Set<Double> cameBefore = new HashSet<>();
    private long turned;
    private long generation;

    Known(long now) {
      this.turned = now;
    }

    boolean has(double strike) {
      return stored.contains(strike) || came.contains(strike) || cameBefore.contains(strike);
    }

    int size() {
      Set<Double> all = new HashSet<>(stored);
      all.addAll(came);
      all.addAll(cameBefore);
      return all.size();
    }

    /** Forgets what came longer ago: it is stored by now, or its message was not taken. */
    void turn(long now) {
      if (now - turned > TURN_NANOS) {
        cameBefore = now - turned > 2 * TURN_NANOS ? new HashSet<>() : came;
        came = new HashSet<>();
        turned = now;
      }
    }
  }

  /**
   * Nothing is known yet.
   *
   * @param generations says when what is stored of a day has changed
   * @param nanos elapsed time, as {@link System#nanoTime}
   */
  public KnownStrikes(Database database, Generations generations, LongSupplier nanos) {
    this.nanos = nanos;
    this.database = database;
    this.generations = generations;
  }

  /** Whether a strike may come, and notes that it did. */
  public boolean admits(String symbol, Session session, LocalDate expiry, double strike) {
    Known known =
        expiries.get(new Key(symbol, session.day(), expiry), k -> new Known(nanos.getAsLong()));
    synchronized (known) {
      if (known.has(strike)) {
        return true;
      }
      known.turn(nanos.getAsLong());
      bringUpToDate(known, symbol, session, expiry);
      return known.has(strike)
          || (known.size() < TooManyStrikesException.MOST && known.came.add(strike));
    }
  }

  private void bringUpToDate(Known known, String symbol, Session session, LocalDate expiry) {
    long generation = generations.generation(symbol, session.day());
    if (generation == known.generation || !generations.isCurrent()) {
      return;
    }
    try {
      known.stored =
          Arrays.stream(stored(symbol, session, expiry)).boxed().collect(Collectors.toSet());
      known.generation = generation;
    } catch (StoreException e) {
      LOG.debug("the strikes of {} {} are not known", symbol, expiry, e);
    }
  }

  /** Strikes that are stored of an expiry on a trading day, ascending. */
  double[] stored(String symbol, Session session, LocalDate expiry) {
    return database.read(connection -> BarStore.strikes(connection, symbol, expiry, session));
  }
}
