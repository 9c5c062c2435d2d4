/**
 * Prices of options and what follows from them: the forward by put-call parity, the stand-in for an
 * underlying that nobody quoted, implied volatility and Greeks by Black-76. {@link
 * io.strikegrid.engine.pricing.ChainPricing} does all of it for one expiry and minute; the rest is
 * what it is made of. {@link io.strikegrid.engine.pricing.BarPricing} applies it to bars.
 */
@NullMarked
package io.strikegrid.engine.pricing;

import org.jspecify.annotations.NullMarked;
