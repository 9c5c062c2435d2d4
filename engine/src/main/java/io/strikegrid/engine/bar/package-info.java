/**
 * One-minute strike bars: the columns and the rule of each, observations, how a minute's
 * observations become a bar, and how an incoming bar meets the one that is stored. No I/O; the
 * store and the grid both build on it.
 */
@NullMarked
package io.strikegrid.engine.bar;

import org.jspecify.annotations.NullMarked;
