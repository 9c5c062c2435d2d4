package io.strikegrid.server.platform.market;

import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.time.TradingCalendar;
import io.strikegrid.server.platform.yaml.YamlFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Every market and underlying the process knows, by symbol or alias. Immutable. */
public final class MarketCatalog {

  private final Map<String, Market> markets;
  private final Map<String, Underlying> underlyings;
  private final Map<String, String> aliases;

  private MarketCatalog(
      Map<String, Market> markets,
      Map<String, Underlying> underlyings,
      Map<String, String> aliases) {
    this.markets = markets;
    this.underlyings = underlyings;
    this.aliases = aliases;
  }

  /**
   * Reads the files shipped with the process, then more of them.
   *
   * @param extra files that add markets and underlyings, or replace those of the same name
   * @throws YamlFileException naming file and key of every fault in all files
   */
  public static MarketCatalog load(List<Path> extra) {
    MarketFiles files = MarketFiles.read(extra);
    Map<String, Market> markets = new LinkedHashMap<>();
    files
        .markets()
        .forEach((name, node) ->
            MarketReader.read(name, node).ifPresent(market -> markets.put(name, market)));
    Map<String, Underlying> underlyings = new LinkedHashMap<>();
    files
        .underlyings()
        .forEach((symbol, node) ->
            UnderlyingReader.read(symbol, node, markets)
                .ifPresent(underlying -> underlyings.put(symbol, underlying)));
    Map<String, String> aliases = aliases(files);
    files.problems().throwIfAny();
    return new MarketCatalog(markets, underlyings, aliases);
  }

  /** The underlying of a symbol or alias; case and extra spaces do not count. */
  public Optional<Underlying> find(String symbolOrAlias) {
    String name = Symbols.normalized(symbolOrAlias);
    return Optional.ofNullable(underlyings.get(aliases.getOrDefault(name, name)));
  }

  /**
   * The underlying of a symbol or alias, else one with the rules of a market, no strike gap and no
   * lots.
   *
   * @param market name of the market of a symbol that is not listed
   * @throws IllegalArgumentException where the symbol is blank, or not listed and the market
   *     unknown
   */
  public Underlying resolve(String symbolOrAlias, String market) {
    return find(symbolOrAlias)
        .orElseGet(() -> market(market).underlying(Symbols.normalized(symbolOrAlias)));
  }

  /** The same; empty where the symbol is not listed and the market unknown. */
  public Optional<Underlying> findOrResolve(String symbolOrAlias, String market) {
    Optional<Underlying> listed = find(symbolOrAlias);
    return listed.isPresent() || named(market).isEmpty()
        ? listed
        : Optional.of(resolve(symbolOrAlias, market));
  }

  /** A name as it is compared: upper case, and no more blanks than it needs. */
  public static String normalized(String name) {
    return Symbols.normalized(name);
  }

  /** Every listed underlying. */
  public Collection<Underlying> all() {
    return List.copyOf(underlyings.values());
  }

  /** Symbol of every alias, upper case and sorted; symbols themselves are left out. */
  public Map<String, String> aliases() {
    return aliases;
  }

  /** The calendar of every market, named as its market. */
  public Collection<TradingCalendar> calendars() {
    return markets.values().stream().map(Market::calendar).toList();
  }

  private Optional<Market> named(String name) {
    return markets.entrySet().stream()
        .filter(entry -> entry.getKey().equalsIgnoreCase(name.strip()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private Market market(String name) {
    return named(name)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "market must be one of " + String.join(", ", markets.keySet()) + "; have " + name));
  }

  private static Map<String, String> aliases(MarketFiles files) {
    Map<String, String> aliases = new TreeMap<>();
    files
        .underlyings()
        .forEach((symbol, node) -> {
          for (String alias : UnderlyingReader.aliases(node)) {
            String name = Symbols.normalized(alias);
            String other = files.underlyings().containsKey(name) ? name : aliases.get(name);
            if (other != null && !other.equals(symbol)) {
              files
                  .problems()
                  .add(node.where() + ".aliases", alias + " already stands for " + other);
            } else if (!name.equals(symbol)) {
              aliases.put(name, symbol);
            }
          }
        });
    return Collections.unmodifiableMap(aliases);
  }
}
