/**
 * Prices of options and what follows from them: the forward by put-call parity and the stand-in for
 * an underlying that nobody quoted.
 */
@NullMarked
package io.strikegrid.engine.pricing;

import org.jspecify.annotations.NullMarked;
