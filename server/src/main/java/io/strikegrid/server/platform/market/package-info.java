/**
 * The markets and underlyings that the process knows: read once at start from the files shipped
 * with it and from those the operator adds, strictly, so that a mistake stops the start with every
 * fault named. Every feature may use it.
 */
@NullMarked
package io.strikegrid.server.platform.market;

import org.jspecify.annotations.NullMarked;
