/** The Redis feed against a real Redis server. */
@NullMarked
package io.strikegrid.server.ingest.redis;

import org.jspecify.annotations.NullMarked;
