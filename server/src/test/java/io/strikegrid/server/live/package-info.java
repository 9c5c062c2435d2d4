/** Tests of the way from ticks to committed minutes. */
@NullMarked
package io.strikegrid.server.live;

import org.jspecify.annotations.NullMarked;
