/** Tests of the stream. */
@NullMarked
package io.strikegrid.server.stream;

import org.jspecify.annotations.NullMarked;
