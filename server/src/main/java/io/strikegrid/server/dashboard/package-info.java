/**
 * The page for people at {@code /} and the files it loads, sent as they stand in the program. They
 * hold no data, so anybody may have them; what the page shows it asks of the other features.
 */
@NullMarked
package io.strikegrid.server.dashboard;

import org.jspecify.annotations.NullMarked;
