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
import io.strikegrid.server.platform.http.Problem;
import io.strikegrid.server.rollup.DayChange;
import io.strikegrid.server.store.GenerationStore;
import io.strikegrid.server.store.StoreException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
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

  private static final int MOST_LOADS = 4;

  private final PageLoader loader;
  private final Generations generations;
  private final long maxBytes;
  private final ExecutorService loading = Executors.newVirtualThreadPerTaskExecutor();
  private final AsyncCache<PageKey, PageLoader.Loaded> cache;
  private final Map<PageKey, GridWriter> writers = new ConcurrentHashMap<>();
  private final RollupChanges changes = new RollupChanges();
  private final PageIndex index = new PageIndex();
  private final Map<String, Object> symbols = new ConcurrentHashMap<>();
  private final PageSizes sizes;
  private final Admission admission;
  private final Admission loads;
  private final HeldPages held;

  /**
   * An empty cache.
   *
   * @param maxBytes most bytes that pages may take, about
   */
  public Pages(PageLoader loader, Generations generations, long maxBytes) {
    this(loader, generations, maxBytes, Admission.usual());
  }

  /**
   * An empty cache.
   *
   * @param maxBytes most bytes that pages may take, about
   * @param admission the memory of what requests do with pages
   */
  public Pages(PageLoader loader, Generations generations, long maxBytes, Admission admission) {
    this.loader = loader;
    this.generations = generations;
    this.maxBytes = maxBytes;
    this.sizes = loader.sizes(generations);
    this.admission = admission;
    this.loads = new Admission(admission.most() / 2);
    this.held = new HeldPages(admission);
    this.cache =
        Caffeine.newBuilder()
            .maximumWeight(maxBytes)
            .weigher((PageKey key, PageLoader.Loaded loaded) ->
                (int) Math.min(Integer.MAX_VALUE, loaded.page().bytes()))
            .evictionListener((key, loaded, cause) -> evicted(key, loaded))
            .recordStats()
            .buildAsync();
  }

  private void evicted(@Nullable PageKey key, PageLoader.@Nullable Loaded loaded) {
    if (key != null) {
      writers.remove(key);
      index.remove(key);
    }
    if (loaded != null) {
      held.gone(loaded.page());
    }
  }

  /** The memory of what requests do with pages. */
  public Admission admission() {
    return admission;
  }

  /**
   * How large pages of one symbol and timeframe are, or can be at most where they have to be
   * loaded.
   *
   * @param asked by key, the session of its day
   */
  public Map<PageKey, PageSize> sizes(Map<PageKey, Session> asked) {
    Map<PageKey, PageSize> known = new HashMap<>();
    Map<PageKey, Session> missing = new HashMap<>();
    asked.forEach((key, session) -> {
      CompletableFuture<PageLoader.Loaded> page = cache.asMap().get(key);
      long wanted = generations.generation(key.symbol(), key.day(), key.timeframe());
      if (page != null
          && page.state() == Future.State.SUCCESS
          && page.resultNow().generation() >= wanted) {
        known.put(key, PageSize.inMemory(page.resultNow().page()));
      } else {
        missing.put(key, session);
      }
    });
    if (!missing.isEmpty()) {
      known.putAll(sizes.of(missing));
    }
    return known;
  }

  /** Counts a page as held as long as somebody looks at it, in the cache or not. */
  public Admission.Permit hold(PageLoader.Loaded loaded) {
    GridPage page = loaded.page();
    held.hold(page);
    CompletableFuture<PageLoader.Loaded> now = cache.asMap().get(page.key());
    if (now == null || (now.state() == Future.State.SUCCESS && now.resultNow().page() != page)) {
      held.gone(page);
    }
    return () -> held.letGo(page);
  }

  /** Counts a page that is no page of the cache as work, as long as somebody looks at it. */
  public Admission.Permit holdBeside(GridPage page) {
    held.hold(page);
    held.gone(page);
    return () -> held.letGo(page);
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
                    if (now != null) {
                      held.gone(now.resultNow().page());
                    }
                    return now == null ? load(k, session) : load(k, session, now.resultNow());
                  });
      if (isOurs.get()) {
        return join(reloaded);
      }
    }
  }

  /** Whether nothing newer of a page's bars is known. */
  public boolean isNewest(PageLoader.Loaded loaded) {
    PageKey key = loaded.page().key();
    return loaded.generation() >= generations.generation(key.symbol(), key.day(), key.timeframe());
  }

  /**
   * Brings the pages of a day up to date with what a commit of this process changed, where they are
   * at the generation before it: so the next reader does not have to wait for the store.
   */
  public void accept(DayChange change) {
    GenerationStore.Row row = change.row();
    synchronized (symbols.computeIfAbsent(row.symbol(), symbol -> new Object())) {
      if (change.rewritten().isEmpty()) {
        change.firstMinute().ifPresent(first -> changes.note(row, first));
      }
      index.of(row.symbol(), row.day()).forEach(key -> follow(key, change));
    }
  }

  private void follow(PageKey key, DayChange change) {
    GenerationStore.Row row = change.row();
    CompletableFuture<PageLoader.Loaded> page = cache.asMap().get(key);
    if (page == null
        || page.state() != Future.State.SUCCESS
        || page.resultNow().generation() != row.of(key.timeframe()) - 1
        || change.rewritten().contains(key.expiry())) {
      return;
    }
    GridPage before = page.resultNow().page();
    GridPage next = next(key, before, change);
    if (next != null) {
      PageLoader.Loaded loaded = new PageLoader.Loaded(next, row.of(key.timeframe()));
      if (cache.asMap().replace(key, page, CompletableFuture.completedFuture(loaded))
          && next != before) {
        held.gone(before);
      }
    }
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
    index.add(key);
    return CompletableFuture.supplyAsync(() -> loadWhole(key, session), loading)
        .whenComplete((loaded, failure) -> {
          if (failure != null && !cache.asMap().containsKey(key)) {
            index.remove(key);
          }
        });
  }

  /** So many loads at a time that what they take fits; one always may. */
  private PageLoader.Loaded loadWhole(PageKey key, Session session) {
    PageSize size = Objects.requireNonNull(sizes.of(Map.of(key, session)).get(key));
    admission.checkFits(size.pageBytes());
    long least = loads.most() / MOST_LOADS;
    try (Admission.Permit _ =
        loads.admit(Math.clamp(size.pageBytes() + size.loadBytes(), least, loads.most()))) {
      return loader.load(key, session);
    }
  }

  /** Where the older page is one of roll-ups, what is new may be little. */
  private CompletableFuture<PageLoader.Loaded> load(
      PageKey key, Session session, PageLoader.Loaded older) {
    if (key.timeframe() == Timeframe.MIN1) {
      return load(key, session);
    }
    index.add(key);
    return CompletableFuture.supplyAsync(
        () -> {
          try (Admission.Permit _ = loads.admit(loads.most() / MOST_LOADS)) {
            return loader.load(key, session, older, changes);
          }
        },
        loading);
  }

  private static PageLoader.Loaded join(CompletableFuture<PageLoader.Loaded> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      throw switch (e.getCause()) {
        case StoreException store -> store;
        case Problem problem -> problem;
        case null, default -> new StoreException("cannot load a page: " + e.getCause(), e);
      };
    }
  }

  /** How the cache has done. */
  public CacheStats stats() {
    return cache.synchronous().stats();
  }

  /** Pages in memory, about: what a load brings is counted soon after it. */
  public long count() {
    return cache.synchronous().estimatedSize();
  }

  /** Bytes of the pages in memory, about: what a load brings is counted soon after it. */
  public long bytes() {
    return cache
        .synchronous()
        .policy()
        .eviction()
        .map(eviction -> eviction.weightedSize().orElse(0))
        .orElse(0L);
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
