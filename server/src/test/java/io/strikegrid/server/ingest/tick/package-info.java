@NullMarked
package io.strikegrid.server.ingest.tick;

import org.jspecify.annotations.NullMarked;
