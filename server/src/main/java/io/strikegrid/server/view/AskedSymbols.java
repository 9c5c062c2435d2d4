package io.strikegrid.server.view;

import io.strikegrid.engine.market.Underlying;
import io.strikegrid.server.pages.Generations;
import io.strikegrid.server.platform.http.Caller;
import io.strikegrid.server.platform.http.Problem;
import io.strikegrid.server.platform.http.ProblemCode;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What a symbol that somebody asks for stands for.
 *
 * @param underlyings finds an underlying by symbol or alias
 * @param generations which days there are
 */
public record AskedSymbols(
    Function<String, Optional<Underlying>> underlyings, Generations generations) {

  /**
   * The underlying of a symbol or alias.
   *
   * @throws Problem where nobody knows it, or who asks may not read it
   */
  public Underlying known(String symbol) {
    Underlying underlying = found(symbol);
    Caller.current().checkSymbol(underlying.symbol());
    return underlying;
  }

  private Underlying found(String symbol) {
    return underlyings
        .apply(symbol)
        .orElseThrow(() ->
            new Problem(
                ProblemCode.UNKNOWN_SYMBOL,
                "there is no symbol or alias " + Problem.shown(symbol),
                "symbol",
                symbol,
                stored()));
  }

  /**
   * The underlying of a symbol or alias.
   *
   * @throws Problem where nobody knows it, or nothing is stored of it
   */
  public Underlying withData(String symbol) {
    Underlying underlying = known(symbol);
    if (generations.barDays(underlying.symbol()).isEmpty()) {
      throw noData(underlying, symbol);
    }
    return underlying;
  }

  /** Says that nothing is stored of an underlying, and of which ones something is. */
  public Problem noData(Underlying underlying, String symbol) {
    return new Problem(
        ProblemCode.NO_DATA,
        "nothing is stored for " + underlying.symbol(),
        "symbol",
        symbol,
        stored());
  }

  private String stored() {
    return String.join(
        ", ",
        new TreeSet<>(generations.symbols())
            .stream()
                .filter(symbol -> !generations.barDays(symbol).isEmpty())
                .filter(Caller.current()::covers)
                .toList());
  }
}
