/** Tests of the schema on the servers that it has to run on. */
@NullMarked
package io.strikegrid.server.store;

import org.jspecify.annotations.NullMarked;
