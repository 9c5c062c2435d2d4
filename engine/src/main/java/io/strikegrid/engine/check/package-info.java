/**
 * Checks of arguments: each returns its argument and, where it fails, shows the name, the value and
 * what is allowed. The lowest floor; every package may use it.
 */
@NullMarked
package io.strikegrid.engine.check;

import org.jspecify.annotations.NullMarked;
