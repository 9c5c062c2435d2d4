/** Wrong cells, found and mended. */
@NullMarked
package io.strikegrid.server.audit;

import org.jspecify.annotations.NullMarked;
