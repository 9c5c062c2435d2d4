package io.strikegrid.engine.pricing;

import io.strikegrid.engine.bar.IvSource;
import io.strikegrid.engine.market.Side;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Implied volatilities and Greeks of one expiry at one minute.
 *
 * <p>The forward is given, since expiries of a minute help each other to theirs. A contract's
 * volatility is that of the middle of its quotes where they are usable, else of its last price. The
 * spot behind the Greeks is the underlying; where that is unknown, the forward discounted; and the
 * forward itself for a symbol configured so.
 *
 * <p>For one thread: it holds the results of one chain until the next, and allocates only to grow,
 * besides a few small objects per chain, none per contract.
 */
public final class ChainPricing {

  private static final Side[] SIDES = Side.values();

  /** Time value that prices in the money must have to tell a volatility. */
  private static final double LEAST_TICKS = 5;

  private static final double LEAST_PART_OF_SPREAD = 0.5;

  private final SidePricing calls = new SidePricing();
  private final SidePricing puts = new SidePricing();
  private final int[] refused = new int[IvReason.values().length];
  private final Greeks greeks = new Greeks();
  private double forward = Double.NaN;
  private double spot = Double.NaN;

  /** Starts without results. */
  public ChainPricing() {}

  /**
   * Computes a chain; the results of the one before are gone.
   *
   * @param quotes prices by strike; not kept
   * @param terms what the contracts share
   * @param found their forward
   */
  public void price(ChainQuotes quotes, ChainTerms terms, Forward found) {
    ensure(quotes.capacity());
    Arrays.fill(refused, 0);
    forward = found.price();
    findSpot(terms);
    double discount = Math.exp(-terms.rate() * terms.years());
    for (Side side : SIDES) {
      for (int k = 0; k < quotes.size(); k++) {
        solve(quotes, terms, side, k, discount);
      }
    }
  }

  private void ensure(int capacity) {
    calls.ensure(capacity);
    puts.ensure(capacity);
  }

  private void findSpot(ChainTerms terms) {
    if (terms.rules().isSpotForward()) {
      spot = forward;
    } else if (terms.underlying() > 0) {
      spot = terms.underlying();
    } else {
      spot = ParityForward.standIn(forward, terms.rate(), terms.years());
    }
  }

  private void solve(ChainQuotes quotes, ChainTerms terms, Side side, int k, double discount) {
    double strike = quotes.strike(k);
    double years = terms.years();
    boolean quoted = quotes.isUsable(k, side, terms.rules().tick());
    double price = quoted ? quotes.mid(k, side) : quotes.last(k, side);
    double spread = quotes.spread(k, side);
    double tick = terms.rules().tick();
    @Nullable IvReason reason = reason(side, strike, price, spread, forward, years, discount, tick);
    if (reason != null) {
      refused[reason.ordinal()]++;
      side(side).setUnknown(k, reason);
      return;
    }
    double iv = ImpliedVolatility.solve(side, price, forward, strike, years, discount);
    greeks.at(side, forward, strike, years, iv, terms.rate(), terms.yield(), spot);
    side(side).set(k, iv, quoted ? IvSource.MID : IvSource.LAST, greeks);
  }

  /**
   * Why a contract has no implied volatility of its own.
   *
   * @param price the middle of a usable quote, else the last price
   * @param spread of its quote; NaN unless it has both sides
   * @param forward of the expiry; NaN where unknown
   * @param years to the expiry, of 365 days
   * @param discount value now of 1 at the expiry
   * @param tick smallest step of option prices; 0 where not known
   * @return null where it has one
   */
  public static @Nullable IvReason reason(
      Side side,
      double strike,
      double price,
      double spread,
      double forward,
      double years,
      double discount,
      double tick) {
    IvReason reason = ImpliedVolatility.reason(side, price, forward, strike, years, discount);
    if (reason != null) {
      return reason;
    }
    double ahead = side == Side.CALL ? forward - strike : strike - forward;
    double least = Math.max(LEAST_TICKS * tick, spread > 0 ? LEAST_PART_OF_SPREAD * spread : 0);
    boolean isRounding = ahead > 0 && price - discount * ahead < least;
    return isRounding ? IvReason.NO_TIME_VALUE : null;
  }

  /** The forward, NaN where there is none. */
  double forward() {
    return forward;
  }

  /** The underlying's price behind the Greeks, NaN where there is none. */
  public double spot() {
    return spot;
  }

  /** The figures of one side. */
  public SidePricing side(Side side) {
    return side == Side.CALL ? calls : puts;
  }

  /** Contracts of both sides that have no implied volatility for this reason. */
  public int refused(IvReason reason) {
    return refused[reason.ordinal()];
  }
}
