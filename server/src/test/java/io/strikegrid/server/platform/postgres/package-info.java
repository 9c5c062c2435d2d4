/** Tests of the embedded PostgreSQL against real servers, each on a folder of its own. */
@NullMarked
package io.strikegrid.server.platform.postgres;

import org.jspecify.annotations.NullMarked;
