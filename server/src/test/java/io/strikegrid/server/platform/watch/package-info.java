/** Tests of what notices that a part no longer works. */
@NullMarked
package io.strikegrid.server.platform.watch;

import org.jspecify.annotations.NullMarked;
