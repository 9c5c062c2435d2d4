/**
 * What tests and benchmarks share: where recorded market data is, and whatever else more than one
 * module's tests need. Main code never uses it.
 */
@NullMarked
package io.strikegrid.testkit;

import org.jspecify.annotations.NullMarked;
