/**
 * Ways in: recorded files by a profile that maps their columns, and batches of bars over HTTP. A
 * file is read to its end into a stage before anything of it is committed, one trading day at a
 * time.
 */
@NullMarked
package io.strikegrid.server.ingest;

import org.jspecify.annotations.NullMarked;
