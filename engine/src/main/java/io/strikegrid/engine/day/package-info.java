/**
 * What a trading day becomes when something comes in: from what is known of it and what came follow
 * the rows to write, their roll-ups and metrics, and what is known then. Nothing here reads or
 * writes a store, and no number of a day is decided anywhere else.
 */
@NullMarked
package io.strikegrid.engine.day;

import org.jspecify.annotations.NullMarked;
