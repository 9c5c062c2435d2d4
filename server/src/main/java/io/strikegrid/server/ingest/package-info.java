/**
 * Ways in: recorded files by a profile that maps their columns, batches of bars and of ticks over
 * HTTP, ticks of a Redis stream, and the replay of files as ticks into any of those. A file is read
 * to its end into a stage before anything of it is committed, one trading day at a time.
 */
@NullMarked
package io.strikegrid.server.ingest;

import org.jspecify.annotations.NullMarked;
