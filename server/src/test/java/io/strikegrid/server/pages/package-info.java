/** Tests of the pages in memory against the store that they show. */
@NullMarked
package io.strikegrid.server.pages;

import org.jspecify.annotations.NullMarked;
