/** The process: the command line, and the list of parts with what each is made of. */
@NullMarked
package io.strikegrid.server.app;

import org.jspecify.annotations.NullMarked;
