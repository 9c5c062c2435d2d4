/**
 * The store's own audit: stored 5 and 15 minute rows are compared with what the one-minute rows
 * make of them, and mended where they differ. The same on every engine.
 *
 * <p>Used by the job and by the command line. It knows nothing of pages: they follow the
 * generations that a repair bumps.
 */
@NullMarked
package io.strikegrid.server.audit;

import org.jspecify.annotations.NullMarked;
