package io.strikegrid.engine.pricing;

/**
 * The forward price of one expiry at one minute: the one definition, for bars, metrics and the
 * price that stands in for an underlying.
 *
 * @param price in the underlying's currency, above zero; NaN where there is none
 * @param source where it came from
 */
public record Forward(double price, ForwardSource source) {

  /** There is none. */
  public static final Forward NONE = new Forward(Double.NaN, ForwardSource.NONE);

  /**
   * What the expiry's own prices of the minute say: the underlying itself where the venue quotes
   * one for each expiry, else put-call parity, else none.
   */
  public static Forward own(ChainQuotes quotes, ChainTerms terms) {
    if (terms.rules().isForwardQuoted() && terms.isUnderlyingQuoted() && terms.underlying() > 0) {
      return new Forward(terms.underlying(), ForwardSource.QUOTED);
    }
    double parity = new ParityForward().of(quotes, terms);
    return parity > 0 ? new Forward(parity, ForwardSource.PARITY) : NONE;
  }

  /** The underlying carried to the expiry, S·e^((r-q)T); none where it is unknown, or after it. */
  public static Forward carried(ChainTerms terms) {
    boolean isCarried = terms.carried() > 0 && terms.years() >= 0;
    return isCarried ? new Forward(terms.carried(), ForwardSource.CARRY) : NONE;
  }

  /**
   * The underlying carried at the rate and moved by what other expiries of the minute have besides:
   * S·e^(rT + x).
   *
   * @param terms with an underlying, not after the expiry
   * @param basis x, a fraction
   */
  public static Forward byBasis(ChainTerms terms, double basis) {
    double carry = terms.rate() * terms.years() + basis;
    return new Forward(terms.underlying() * Math.exp(carry), ForwardSource.BASIS);
  }

  /** Whether it is the expiry's own, by parity or quoted, rather than made from an underlying. */
  public boolean isOwn() {
    return source == ForwardSource.PARITY || source == ForwardSource.QUOTED;
  }

  /**
   * What an underlying would have to be worth more than carry at the rate tells, for this forward:
   * x = ln(F/S) - rT.
   *
   * @param terms with an underlying
   */
  public double basis(ChainTerms terms) {
    return Math.log(price / terms.underlying()) - terms.rate() * terms.years();
  }
}
