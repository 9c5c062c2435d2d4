package io.strikegrid.server.stream;

import io.strikegrid.engine.grid.PageKey;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.time.Session;
import io.strikegrid.server.pages.PageLoader;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Reads the pages of a symbol, those that have to be loaded at the same time. */
final class PageReader {

  private final StreamSource source;
  private final Underlying underlying;

  PageReader(StreamSource source, Underlying underlying) {
    this.source = source;
    this.underlying = underlying;
  }

  /**
   * Pages at the newest generation.
   *
   * @param held pages from before, kept where they are still the newest
   */
  Map<PageKey, ChainPage> read(
      Collection<PageKey> keys, Session session, Map<PageKey, ChainPage> held) {
    Map<PageKey, CompletableFuture<ChainPage>> reading = new HashMap<>();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (PageKey key : keys) {
        reading.put(
            key, CompletableFuture.supplyAsync(() -> read(key, session, held.get(key)), executor));
      }
    }
    Map<PageKey, ChainPage> pages = new HashMap<>();
    reading.forEach((key, page) -> pages.put(key, join(page)));
    return pages;
  }

  private ChainPage read(PageKey key, Session session, @Nullable ChainPage before) {
    PageLoader.Loaded loaded = source.pages().get(key, session);
    PageLoader.Loaded minutes = source.minutes(loaded, session);
    return before != null && before.isOf(loaded, minutes)
        ? before
        : new ChainPage(underlying, loaded, minutes);
  }

  private static ChainPage join(CompletableFuture<ChainPage> page) {
    try {
      return page.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /** A chain with the buckets that still run, where some do. */
  Optional<RunningChain> running(@Nullable ChainPage chain) {
    // What was committed since is told with the next delta, and is not beside this page any more.
    return chain == null || !source.pages().isNewest(chain.loaded())
        ? Optional.empty()
        : source
            .running()
            .beside(underlying, chain.loaded())
            .map(run ->
                new RunningChain(
                    chain.with(run.page()),
                    run.first(),
                    new RunningChain.Version(chain.generation(), run.sequence())));
  }
}
