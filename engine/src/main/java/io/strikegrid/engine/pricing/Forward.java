package io.strikegrid.engine.pricing;

/**
 * The forward price of one expiry at one minute: the one definition, for bars, metrics and the
 * price that stands in for an underlying.
 *
 * @param price in the underlying's currency, above zero; NaN where there is none
 * @param source where it came from
 */
public record Forward(double price, ForwardSource source) {

  private static final Forward NONE = new Forward(Double.NaN, ForwardSource.NONE);

  /**
   * The underlying itself where the venue quotes one for each expiry; else by put-call parity of
   * the minute's prices; else the underlying carried to the expiry; else none.
   */
  public static Forward of(ChainQuotes quotes, ChainTerms terms) {
    if (terms.rules().isForwardQuoted() && terms.isUnderlyingQuoted() && terms.underlying() > 0) {
      return new Forward(terms.underlying(), ForwardSource.QUOTED);
    }
    double parity = new ParityForward().of(quotes, terms);
    if (parity > 0) {
      return new Forward(parity, ForwardSource.PARITY);
    }
    boolean isCarried = terms.carried() > 0 && terms.years() >= 0;
    return isCarried ? new Forward(terms.carried(), ForwardSource.CARRY) : NONE;
  }
}
