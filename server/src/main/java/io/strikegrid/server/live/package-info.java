/**
 * The day as it happens: ticks gather in minutes, a minute closes by the clock or by what came
 * after it, and is committed; what still runs can be looked at. Feeds hand ticks in through {@link
 * io.strikegrid.server.live.TickSink} and are supervised here.
 *
 * <p>Used by the ways in, by answers that show the running minute, and by the state of the server.
 */
@NullMarked
package io.strikegrid.server.live;

import org.jspecify.annotations.NullMarked;
