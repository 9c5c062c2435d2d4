package io.strikegrid.server.platform.market;

import io.strikegrid.engine.market.CarryRule;
import io.strikegrid.engine.market.ExpiryRule;
import io.strikegrid.engine.market.PricingRules;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.time.TradingCalendar;
import java.util.List;
import java.util.OptionalDouble;

/** A market with what its underlyings have unless they bring their own. */
record Market(
    TradingCalendar calendar,
    boolean wholeUnits,
    PricingRules pricing,
    List<ExpiryRule> expiryRules,
    List<CarryRule> carry) {

  /** The underlying of a symbol of which nothing but its market is known. */
  Underlying underlying(String symbol) {
    return new Underlying(
        symbol,
        symbol,
        calendar.name(),
        calendar,
        OptionalDouble.empty(),
        expiryRules,
        List.of(),
        carry,
        wholeUnits,
        pricing);
  }
}
