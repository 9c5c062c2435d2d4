package io.strikegrid.engine.day;

import io.strikegrid.engine.bar.BarColumns;
import io.strikegrid.engine.bar.BarTable;
import io.strikegrid.engine.bar.UnderlyingSource;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.pricing.ChainQuotes;
import io.strikegrid.engine.pricing.ChainTerms;
import io.strikegrid.engine.pricing.Forward;
import io.strikegrid.engine.pricing.ParityForward;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the expiries of a symbol tell each other in one minute: the price that stands in for an
 * underlying which a feed does not quote, and the forward of those whose own prices give none. Each
 * expiry is added once, in any order; then all of them are asked.
 *
 * <p>The stand-in is the forward of the nearest unexpired expiry that has one, discounted. An
 * expiry without a forward of its own takes the basis of the expiries before and after it that have
 * one, interpolated in time, else plain carry.
 */
final class ChainContext {

  private final Underlying underlying;
  private final LocalDate day;
  private final double rate;
  private final double yield;
  private final TreeMap<LocalDate, Chain> chains = new TreeMap<>();
  private @Nullable Map<LocalDate, MinuteTerms> resolved;

  private record Chain(
      long observedAt, ChainTerms terms, @Nullable ChainQuotes quotes, Forward own) {
    boolean isQuoted() {
      return terms.isUnderlyingQuoted();
    }
  }

  ChainContext(Underlying underlying, LocalDate day) {
    this.underlying = underlying;
    this.day = day;
    this.rate = underlying.rate(day);
    this.yield = underlying.yield(day);
  }

  /**
   * Adds an expiry.
   *
   * @param minute all its bars of the minute
   * @param observedAt event time of its last observation, epoch seconds UTC
   */
  void add(LocalDate expiry, BarTable minute, long observedAt) {
    double quoted = quoted(minute);
    long expiryAt = underlying.calendar().expiryAt(expiry).getEpochSecond();
    ChainTerms terms =
        new ChainTerms(
            quoted,
            quoted > 0,
            rate,
            yield,
            ParityForward.years(observedAt, expiryAt),
            underlying.pricing());
    ChainQuotes quotes = ChainQuotes.of(minute);
    Forward own = Forward.own(quotes, terms);
    chains.put(expiry, new Chain(observedAt, terms, quoted > 0 ? null : quotes, own));
    resolved = null;
  }

  /** The quoted underlying of a minute's bars: that of the lowest strike that has one. */
  private static double quoted(BarTable minute) {
    for (int row = 0; row < minute.rows(); row++) {
      if (minute.isQuoted(row)) {
        return minute.get(row, BarColumns.UNDERLYING_LAST);
      }
    }
    return Double.NaN;
  }

  /** Whether the expiry was added. */
  boolean has(LocalDate expiry) {
    return chains.containsKey(expiry);
  }

  /** Whether a forward stands in for the underlying of one of them. */
  boolean hasStandIn() {
    return all().values().stream().anyMatch(t -> t.source() == UnderlyingSource.PARITY);
  }

  private Map<LocalDate, MinuteTerms> all() {
    Map<LocalDate, MinuteTerms> all = resolved;
    if (all == null) {
      all = resolve();
      resolved = all;
    }
    return all;
  }

  /** What an expiry that was added shares. */
  MinuteTerms of(LocalDate expiry) {
    MinuteTerms found = all().get(expiry);
    if (found == null) {
      throw new IllegalArgumentException(expiry + " was not added for this minute of " + day);
    }
    return found;
  }

  private Map<LocalDate, MinuteTerms> resolve() {
    TreeMap<LocalDate, Chain> known = new TreeMap<>(chains);
    LocalDate nearest = nearest();
    double standIn = nearest == null ? Double.NaN : standIn(chains.get(nearest));
    known.replaceAll((expiry, chain) ->
        chain.isQuoted() ? chain : standingIn(chain, standIn, expiry.equals(nearest)));
    Map<LocalDate, MinuteTerms> all = new TreeMap<>();
    known.forEach((expiry, chain) ->
        all.put(
            expiry,
            new MinuteTerms(
                chain.observedAt, chain.terms, source(chain), forward(known, expiry, chain))));
    return all;
  }

  /** The nearest unexpired expiry that has a forward of its own; null without one. */
  private @Nullable LocalDate nearest() {
    for (Map.Entry<LocalDate, Chain> entry : chains.entrySet()) {
      Chain chain = entry.getValue();
      if (chain.own.isOwn() && chain.terms.years() >= 0) {
        return entry.getKey();
      }
    }
    return null;
  }

  private static double standIn(@Nullable Chain chain) {
    return chain == null
        ? Double.NaN
        : ParityForward.standIn(chain.own.price(), chain.terms.rate(), chain.terms.years());
  }

  /** The chain with the stand-in, which also says which of its strikes are nearest the money. */
  private static Chain standingIn(Chain chain, double standIn, boolean isItsOwn) {
    ChainQuotes quotes = chain.quotes;
    if (Double.isNaN(standIn) || quotes == null) {
      return chain;
    }
    ChainTerms old = chain.terms;
    ChainTerms terms =
        new ChainTerms(standIn, false, old.rate(), old.yield(), old.years(), old.rules());
    Forward own = isItsOwn ? chain.own : Forward.own(quotes, terms);
    return new Chain(chain.observedAt, terms, quotes, own);
  }

  private static UnderlyingSource source(Chain chain) {
    if (chain.isQuoted()) {
      return UnderlyingSource.QUOTED;
    }
    return chain.terms.underlying() > 0 ? UnderlyingSource.PARITY : UnderlyingSource.NONE;
  }

  private static Forward forward(TreeMap<LocalDate, Chain> chains, LocalDate expiry, Chain chain) {
    if (chain.own.isOwn()) {
      return chain.own;
    }
    Forward carried = Forward.carried(chain.terms);
    Chain before = accepted(chains.headMap(expiry, false).descendingMap());
    Chain after = accepted(chains.tailMap(expiry, false));
    if (before == null || after == null || !(carried.price() > 0)) {
      return carried;
    }
    double from = before.terms.years();
    double part = (chain.terms.years() - from) / (after.terms.years() - from);
    double basis =
        before.own.basis(before.terms) * (1 - part) + after.own.basis(after.terms) * part;
    return Forward.byBasis(chain.terms, basis);
  }

  /** The first one that has a forward of its own, and an underlying to tell a basis by. */
  private static @Nullable Chain accepted(Map<LocalDate, Chain> chains) {
    for (Chain chain : chains.values()) {
      if (chain.own.isOwn() && chain.terms.underlying() > 0 && chain.terms.years() >= 0) {
        return chain;
      }
    }
    return null;
  }
}
