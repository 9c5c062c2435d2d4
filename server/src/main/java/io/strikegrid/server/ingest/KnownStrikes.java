package io.strikegrid.server.ingest;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.strikegrid.engine.time.Session;
import io.strikegrid.server.pages.Generations;
import io.strikegrid.server.rollup.TooManyStrikesException;
import io.strikegrid.server.store.BarStore;
import io.strikegrid.server.store.Database;
import io.strikegrid.server.store.StoreException;
import java.time.LocalDate;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which strikes the expiries of trading days have: those that are stored, and those of ticks that
 * were taken here since. An expiry that is full takes ticks of its strikes and of no others. What
 * another server takes at the same moment is not known, so that a day may still turn out to have
 * too many; where the store does not answer, every strike is taken.
 *
 * <p>Bounded: what was not asked for the longest is forgotten, and read again. Safe for use by any
 * number of threads.
 */
public final class KnownStrikes {

  private static final Logger LOG = LoggerFactory.getLogger(KnownStrikes.class);
  private static final int MOST_EXPIRIES = 2_000;
  private static final double[] NONE = {};

  private final Database database;
  private final Generations generations;
  private final Cache<Key, Known> expiries =
      Caffeine.newBuilder().maximumSize(MOST_EXPIRIES).build();

  private record Key(String symbol, LocalDate day, LocalDate expiry) {}

  /** Strikes of one expiry, ascending. Guarded by itself. */
  private static final class Known {
    private double[] strikes = NONE;
    private long generation;

    boolean has(double strike) {
      return Arrays.binarySearch(strikes, strike) >= 0;
    }

    void add(double strike) {
      int at = -Arrays.binarySearch(strikes, strike) - 1;
      if (at >= 0) {
        double[] more = new double[strikes.length + 1];
        System.arraycopy(strikes, 0, more, 0, at);
        more[at] = strike;
        System.arraycopy(strikes, at, more, at + 1, strikes.length - at);
        strikes = more;
      }
    }
  }

  /**
   * Nothing is known yet.
   *
   * @param generations says when what is stored of a day has changed
   */
  public KnownStrikes(Database database, Generations generations) {
    this.database = database;
    this.generations = generations;
  }

  /** Whether a strike may come, and notes that it did. */
  public boolean admits(String symbol, Session session, LocalDate expiry, double strike) {
    Known known = expiries.get(new Key(symbol, session.day(), expiry), k -> new Known());
    synchronized (known) {
      if (known.has(strike)) {
        return true;
      }
      bringUpToDate(known, symbol, session, expiry);
      if (known.has(strike)) {
        return true;
      }
      if (known.strikes.length >= TooManyStrikesException.MOST) {
        return false;
      }
      known.add(strike);
      return true;
    }
  }

  private void bringUpToDate(Known known, String symbol, Session session, LocalDate expiry) {
    long generation = generations.generation(symbol, session.day());
    if (generation == known.generation || !generations.isCurrent()) {
      return;
    }
    try {
      for (double strike : stored(symbol, session, expiry)) {
        known.add(strike);
      }
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
