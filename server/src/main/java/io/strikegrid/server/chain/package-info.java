/**
 * Questions about chains, one resource each: symbols and days, expiries, instruments, measures per
 * level through time, a chain at a time, one strike through time, a measure by strike and time, a
 * chain's own figures through time, and the newest bars. All but the search for instruments answer
 * from pages in memory.
 */
@NullMarked
package io.strikegrid.server.chain;

import org.jspecify.annotations.NullMarked;
