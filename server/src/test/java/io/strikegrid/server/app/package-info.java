/** The process as a whole. */
@NullMarked
package io.strikegrid.server.app;

import org.jspecify.annotations.NullMarked;
