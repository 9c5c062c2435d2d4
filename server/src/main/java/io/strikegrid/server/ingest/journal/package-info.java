/**
 * A durable queue of batches on the disk: what was appended is there after a crash, is handed out
 * in order, and is kept until it is released. It knows nothing of what the batches hold.
 *
 * <p>Used by ways in that answer before the store has what they took.
 */
@NullMarked
package io.strikegrid.server.ingest.journal;

import org.jspecify.annotations.NullMarked;
