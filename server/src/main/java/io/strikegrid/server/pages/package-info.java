/**
 * Pages in memory: which days there are and at which generation, loading a page on demand,
 * following what this process commits, and the cache that never answers with a page of an older
 * generation than is known. And how much memory there is for what requests do with pages.
 */
@NullMarked
package io.strikegrid.server.pages;

import org.jspecify.annotations.NullMarked;
