/**
 * Committing bars: the one transaction that writes one-minute rows, the roll-ups, the expiry
 * metrics, the newest snapshot and the generation; the SQL of the roll-ups, made from the one
 * definition of each column; and how ticks and what is kept of their minutes make bars.
 */
@NullMarked
package io.strikegrid.server.rollup;

import org.jspecify.annotations.NullMarked;
