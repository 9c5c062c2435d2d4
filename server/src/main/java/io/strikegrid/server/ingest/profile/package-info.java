/** Profiles: what the columns of a vendor's file mean. */
@NullMarked
package io.strikegrid.server.ingest.profile;

import org.jspecify.annotations.NullMarked;
