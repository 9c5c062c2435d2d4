package io.strikegrid.server.app;

import io.strikegrid.engine.market.Underlying;
import io.strikegrid.server.platform.market.MarketCatalog;
import io.strikegrid.server.store.Database;
import io.strikegrid.server.store.MarketStore;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Finds underlyings: those of the market files, and those that only data came for, which take the
 * rules of the market that they were imported under. Safe for use by any number of threads.
 */
final class KnownUnderlyings implements Function<String, Optional<Underlying>> {

  private static final int LONGEST_SYMBOL = 40;

  private final MarketCatalog markets;
  private final Database database;
  private final Map<String, Underlying> imported = new ConcurrentHashMap<>();

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
    String name = symbol.strip().toUpperCase(Locale.ROOT);
    Underlying known = imported.get(name);
    if (known == null && name.indexOf('\0') < 0) {
      known =
          MarketStore.market(database, name)
              .map(market -> markets.resolve(name, market))
              .orElse(null);
      if (known != null) {
        imported.put(name, known);
      }
    }
    return Optional.ofNullable(known);
  }
}
