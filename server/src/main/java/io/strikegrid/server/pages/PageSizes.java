package io.strikegrid.server.pages;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.strikegrid.engine.grid.PageKey;
import io.strikegrid.engine.time.Session;
import io.strikegrid.engine.time.Timeframe;
import io.strikegrid.server.store.BarCounts;
import io.strikegrid.server.store.Database;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How large pages can be that have to be loaded, from the metrics of their minutes: these say how
 * many contracts had a bar in each, and how many were known. Kept at the generation that it was
 * read at. Safe for use by any number of threads.
 */
final class PageSizes {

  private static final int MOST_KNOWN = 20_000;

  private record Known(long generation, BarCounts.Count count) {}

  private final Database database;
  private final Generations generations;
  private final Cache<PageKey, Known> known = Caffeine.newBuilder().maximumSize(MOST_KNOWN).build();

  PageSizes(Database database, Generations generations) {
    this.database = database;
    this.generations = generations;
  }

  /** The sizes of pages of one symbol and timeframe, by key. */
  Map<PageKey, PageSize> of(Map<PageKey, Session> asked) {
    Map<PageKey, PageSize> sizes = new HashMap<>();
    TreeMap<LocalDate, Session> sessions = new TreeMap<>();
    TreeSet<LocalDate> expiries = new TreeSet<>();
    asked.forEach((key, session) -> {
      Known one = known.getIfPresent(minutes(key));
      if (one != null && one.generation >= generation(key)) {
        sizes.put(key, size(one.count, key, session));
      } else {
        sessions.put(session.day(), session);
        expiries.add(key.expiry());
      }
    });
    if (!sessions.isEmpty()) {
      read(asked, new ArrayList<>(sessions.values()), new ArrayList<>(expiries), sizes);
    }
    return sizes;
  }

  private void read(
      Map<PageKey, Session> asked,
      List<Session> sessions,
      List<LocalDate> expiries,
      Map<PageKey, PageSize> sizes) {
    String symbol = asked.keySet().iterator().next().symbol();
    Map<LocalDate, Long> before = new HashMap<>();
    sessions.forEach(one -> before.put(one.day(), generations.generation(symbol, one.day())));
    Map<BarCounts.Key, BarCounts.Count> counts =
        database.read(c -> BarCounts.of(c, symbol, expiries, sessions));
    asked.forEach((key, session) -> {
      if (!sizes.containsKey(key)) {
        BarCounts.Count count =
            counts.getOrDefault(
                new BarCounts.Key(key.expiry(), key.day()), BarCounts.Count.NOTHING);
        known.put(minutes(key), new Known(before.getOrDefault(key.day(), 0L), count));
        sizes.put(key, size(count, key, session));
      }
    });
  }

  private long generation(PageKey key) {
    return generations.generation(key.symbol(), key.day());
  }

  private static PageKey minutes(PageKey key) {
    return new PageKey(key.symbol(), key.expiry(), Timeframe.MIN1, key.day());
  }

  /** A longer bucket has a bar where one of its minutes has. */
  private static PageSize size(BarCounts.Count count, PageKey key, Session session) {
    int buckets = session.buckets(key.timeframe());
    long filled = Math.min(count.filled(), (long) count.contracts() * buckets);
    return PageSize.ofLoad(filled, count.contracts(), buckets);
  }
}
