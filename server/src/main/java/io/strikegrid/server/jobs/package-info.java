/**
 * What has to be done again and again beside answering: jobs, each at its time, run by one process
 * at a time among all that share the store, and what became of them.
 *
 * <p>Used by the state of the server and by the command line; jobs themselves may live on any lower
 * floor or here.
 */
@NullMarked
package io.strikegrid.server.jobs;

import org.jspecify.annotations.NullMarked;
