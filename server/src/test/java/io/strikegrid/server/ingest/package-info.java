/** Tests of the import against recorded and broken files. */
@NullMarked
package io.strikegrid.server.ingest;

import org.jspecify.annotations.NullMarked;
