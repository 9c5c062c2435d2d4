/**
 * Plays recorded files as if they happened now: ticks in the order of their event time, paced, over
 * HTTP or into a Redis stream.
 */
@NullMarked
package io.strikegrid.server.ingest.replay;

import org.jspecify.annotations.NullMarked;
