/** Commits and roll-ups on a real store. */
@NullMarked
package io.strikegrid.server.rollup;

import org.jspecify.annotations.NullMarked;
