/**
 * The sample that a server shows when it is started for a look: a made-up market with a chain that
 * is priced by the book, up to the minute. Nothing but the start uses it, and its rows are stored
 * as simulated.
 */
@NullMarked
package io.strikegrid.server.app.demo;

import org.jspecify.annotations.NullMarked;
