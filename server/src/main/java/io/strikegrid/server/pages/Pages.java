package io.strikegrid.server.pages;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.stats.CacheStats;
import io.strikegrid.engine.grid.BarPages;
import io.strikegrid.engine.grid.GridPage;
import io.strikegrid.engine.grid.GridWriter;
import io.strikegrid.engine.grid.PageKey;
import io.strikegrid.engine.measure.MinuteMetrics;
import io.strikegrid.engine.time.Session;
import io.strikegrid.engine.time.Timeframe;
import io.strikegrid.server.rollup.DayChange;
import io.strikegrid.server.store.GenerationStore;
import io.strikegrid.server.store.StoreException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Pages in memory, bounded by bytes. A page is only ever given out at a generation that is at least
 * the newest known one; an older page is loaded again, once for all who wait for it. Where the
 * store itself has gone back, as after a restore, its own word is given.
 *
 * <p>Safe for use by any number of threads.
 */
public final class Pages implements AutoCloseable {

  private final PageLoader loader;
  private final Generations generations;
  private final long maxBytes;
  private final ExecutorService loading = Executors.newVirtualThreadPerTaskExecutor();
  private final AsyncCache<PageKey, PageLoader.Loaded> cache;
  private final Map<PageKey, GridWriter> writers = new ConcurrentHashMap<>();
  private final RollupChanges changes = new RollupChanges();

  /**
   * An empty cache.
   *
   * @param maxBytes most bytes that pages may take, about
   */
  public Pages(PageLoader loader, Generations generations, long maxBytes) {
    this.loader = loader;
    this.generations = generations;
    this.maxBytes = maxBytes;
    this.cache =
        Caffeine.newBuilder()
            .maximumWeight(maxBytes)
            .weigher((PageKey key, PageLoader.Loaded loaded) ->
                (int) Math.min(Integer.MAX_VALUE, loaded.page().bytes()))
            .evictionListener((key, loaded, cause) -> writers.remove(key))
            .recordStats()
            .buildAsync();
  }

  /**
   * The page, loaded where it is missing or out of date.
   *
   * @throws StoreException where the store cannot give it
   */
  public PageLoader.Loaded get(PageKey key, Session session) {
    long wanted = generations.generation(key.symbol(), key.day(), key.timeframe());
    while (true) {
      PageLoader.Loaded loaded = join(cache.get(key, (k, executor) -> load(k, session)));
      if (loaded.generation() >= wanted) {
        return loaded;
      }
      AtomicBoolean isOurs = new AtomicBoolean();
      CompletableFuture<PageLoader.Loaded> reloaded =
          cache
              .asMap()
              .compute(
                  key,
                  (k, now) -> {
                    if (now != null && !isOlder(now, wanted)) {
                      return now;
                    }
                    isOurs.set(true);
                    return now == null ? load(k, session) : load(k, session, now.resultNow());
                  });
      if (isOurs.get()) {
        return join(reloaded);
      }
    }
  }

  /**
   * Brings the pages of a day up to date with what a commit of this process changed, where they are
   * at the generation before it: so the next reader does not have to wait for the store.
   */
  public synchronized void accept(DayChange change) {
    GenerationStore.Row row = change.row();
    if (change.rewritten().isEmpty()) {
      change.firstMinute().ifPresent(first -> changes.note(row, first));
    }
    cache
        .asMap()
        .forEach((key, page) -> {
          if (key.symbol().equals(row.symbol())
              && key.day().equals(row.day())
              && page.state() == Future.State.SUCCESS
              && page.resultNow().generation() == row.of(key.timeframe()) - 1
              && !change.rewritten().contains(key.expiry())) {
            GridPage next = next(key, page.resultNow().page(), change);
            if (next != null) {
              PageLoader.Loaded loaded = new PageLoader.Loaded(next, row.of(key.timeframe()));
              cache.asMap().replace(key, page, CompletableFuture.completedFuture(loaded));
            }
          }
        });
  }

  /**
   * Takes that an aggregate of a day was refreshed by this process.
   *
   * @param firstMinute what comes before it is as it was
   */
  public void accept(GenerationStore.Row row, long firstMinute) {
    changes.note(row, firstMinute);
  }

  private @Nullable GridPage next(PageKey key, GridPage page, DayChange change) {
    DayChange.Minutes minutes = change.appended().get(key.expiry());
    if (minutes == null) {
      return page;
    }
    if (key.timeframe() != Timeframe.MIN1) {
      return null;
    }
    GridWriter kept = writers.remove(key);
    GridWriter writer = kept != null && kept.isAt(page) ? kept : GridWriter.after(page);
    BarPages.append(writer, change.session(), minutes.bars());
    for (MinuteMetrics metrics : minutes.metrics()) {
      metrics.writeTo(writer, change.session().indexOf(Timeframe.MIN1, metrics.bucket()));
    }
    GridPage next = writer.publish();
    writers.put(key, writer);
    return next;
  }

  private static boolean isOlder(CompletableFuture<PageLoader.Loaded> page, long wanted) {
    return page.state() == Future.State.SUCCESS && page.resultNow().generation() < wanted;
  }

  private CompletableFuture<PageLoader.Loaded> load(PageKey key, Session session) {
    return CompletableFuture.supplyAsync(() -> loader.load(key, session), loading);
  }

  /** Where the older page is one of roll-ups, what is new may be little. */
  private CompletableFuture<PageLoader.Loaded> load(
      PageKey key, Session session, PageLoader.Loaded older) {
    return key.timeframe() == Timeframe.MIN1
        ? load(key, session)
        : CompletableFuture.supplyAsync(() -> loader.load(key, session, older, changes), loading);
  }

  private static PageLoader.Loaded join(CompletableFuture<PageLoader.Loaded> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof StoreException s
          ? s
          : new StoreException("cannot load a page: " + e.getCause(), e);
    }
  }

  /** How the cache has done. */
  public CacheStats stats() {
    return cache.synchronous().stats();
  }

  /** Pages in memory. */
  public long count() {
    return cache.synchronous().estimatedSize();
  }

  /** Bytes of the pages in memory, about. */
  public long bytes() {
    return cache.synchronous().asMap().values().stream().mapToLong(l -> l.page().bytes()).sum();
  }

  /** Most bytes that pages may take. */
  public long maxBytes() {
    return maxBytes;
  }

  @Override
  public void close() {
    loading.close();
  }
}
