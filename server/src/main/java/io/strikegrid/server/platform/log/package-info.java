/**
 * The log: one line an event, and never more of it than a disk can hold, whatever clients send.
 * Named in {@code logback.xml}; nothing else here knows the library that writes.
 */
@NullMarked
package io.strikegrid.server.platform.log;

import org.jspecify.annotations.NullMarked;
