/**
 * Markets: underlyings with the rules that decide lot, carry and type of an expiry; labels of
 * expiries; strike gaps and moneyness levels. Uses the checks and time; knows no prices but the
 * underlying's own.
 */
@NullMarked
package io.strikegrid.engine.market;

import org.jspecify.annotations.NullMarked;
