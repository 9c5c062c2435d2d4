package io.strikegrid.server.app;

import io.strikegrid.engine.market.Underlying;
import io.strikegrid.server.platform.market.MarketCatalog;
import io.strikegrid.server.store.Database;
import io.strikegrid.server.store.MarketStore;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds underlyings: those of the market files, and those that only data came for, which take the
 * rules of the market that they were imported under. Of one whose market this process was not given
 * nothing is known here, which is said once, and the others are found as ever. Safe for use by any
 * number of threads.
 */
final class KnownUnderlyings implements Function<String, Optional<Underlying>> {

  private static final Logger LOG = LoggerFactory.getLogger(KnownUnderlyings.class);
  private static final int LONGEST_SYMBOL = 40;

  private final MarketCatalog markets;
  private final Database database;
  private final Map<String, Underlying> imported = new ConcurrentHashMap<>();
  private final Set<String> withoutMarket = ConcurrentHashMap.newKeySet();

  KnownUnderlyings(MarketCatalog markets, Database database) {
    this.markets = markets;
    this.database = database;
  }

  @Override
  public Optional<Underlying> apply(String symbol) {
    Optional<Underlying> configured = markets.find(symbol);
    if (configured.isPresent() || symbol.length() > LONGEST_SYMBOL) {
      return configured;
    }
    String name = MarketCatalog.normalized(symbol);
    Optional<Underlying> known = Optional.ofNullable(imported.get(name));
    if (known.isPresent() || name.isEmpty() || name.indexOf('\0') >= 0) {
      return known;
    }
    Optional<String> market = MarketStore.market(database, name);
    Optional<Underlying> found = market.flatMap(of -> markets.findOrResolve(name, of));
    found.ifPresent(underlying -> imported.put(name, underlying));
    if (market.isPresent() && found.isEmpty() && withoutMarket.add(name)) {
      LOG.warn(
          "{} is left out: it was imported under the market {}, and no file of --markets has that",
          name,
          market.get());
    }
    return found;
  }
}
