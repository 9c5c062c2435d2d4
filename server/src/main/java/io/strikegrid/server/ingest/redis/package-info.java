/**
 * Redis Streams as a way in: a consumer group hands entries to the running minutes, and an entry is
 * acknowledged once every minute that it touches is committed. What cannot be read becomes a dead
 * letter in a stream beside it. One server of a store consumes at a time.
 */
@NullMarked
package io.strikegrid.server.ingest.redis;

import org.jspecify.annotations.NullMarked;
