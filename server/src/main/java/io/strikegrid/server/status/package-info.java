/**
 * What an operator asks: whether the process lives and can serve, how store, aggregates, live
 * minutes, pages and symbols stand, its metrics, and the contract, as a file and as a page.
 */
@NullMarked
package io.strikegrid.server.status;

import org.jspecify.annotations.NullMarked;
