/** Replays of generated files into a real Redis server, and over HTTP. */
@NullMarked
package io.strikegrid.server.ingest.replay;

import org.jspecify.annotations.NullMarked;
