/**
 * Committing bars: the one transaction that writes one-minute rows, the roll-ups, the expiry
 * metrics, the newest snapshot and the generation, and the SQL of the roll-ups, made from the one
 * definition of each column.
 */
@NullMarked
package io.strikegrid.server.rollup;

import org.jspecify.annotations.NullMarked;
