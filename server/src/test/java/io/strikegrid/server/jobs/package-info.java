/** Tests of jobs. */
@NullMarked
package io.strikegrid.server.jobs;

import org.jspecify.annotations.NullMarked;
