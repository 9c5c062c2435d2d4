/**
 * What a process needs to notice that a part of it no longer works: which threads must live and
 * whether they do, and what is wrong told once when it begins and once when it ends. It knows
 * nothing of what the threads do. Anybody may use it.
 */
@NullMarked
package io.strikegrid.server.platform.watch;

import org.jspecify.annotations.NullMarked;
