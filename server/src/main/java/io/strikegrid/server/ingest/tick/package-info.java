/**
 * Ticks on their way in: how they are written, what they must keep to, and {@code POST
 * /ingest/ticks}, which answers once they are in the journal. {@link
 * io.strikegrid.server.ingest.tick.TickReader} reads them for other feeds too.
 */
@NullMarked
package io.strikegrid.server.ingest.tick;

import org.jspecify.annotations.NullMarked;
