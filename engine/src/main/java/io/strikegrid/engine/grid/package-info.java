/**
 * Pages: the bars of one (symbol, expiry, timeframe, trading day) as columns over bucket and
 * strike, so that a cell is an address; where few addresses have a bar, only those are stored.
 * Pages are immutable; one writer makes them, any number of threads read them.
 */
@NullMarked
package io.strikegrid.engine.grid;

import org.jspecify.annotations.NullMarked;
