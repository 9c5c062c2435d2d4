/**
 * Prices of options and what follows from them: the forward by put-call parity, the stand-in for an
 * underlying that nobody quoted, Black's formula with its Greeks, and the implied volatility of a
 * price. {@link io.strikegrid.engine.pricing.BarPricing} applies them to bars.
 */
@NullMarked
package io.strikegrid.engine.pricing;

import org.jspecify.annotations.NullMarked;
