/**
 * Committing bars: the one transaction that writes one-minute rows, the roll-ups, the expiry
 * metrics, the newest snapshot and the generation; the refresh of continuous aggregates after it;
 * and how ticks and what is kept of their minutes make bars.
 */
@NullMarked
package io.strikegrid.server.rollup;

import org.jspecify.annotations.NullMarked;
