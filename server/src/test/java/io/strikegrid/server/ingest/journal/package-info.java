@NullMarked
package io.strikegrid.server.ingest.journal;

import org.jspecify.annotations.NullMarked;
