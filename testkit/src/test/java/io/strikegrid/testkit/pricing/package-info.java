/**
 * Pricing held against reference values that are recorded outside the repository; skipped where
 * they are missing.
 */
@NullMarked
package io.strikegrid.testkit.pricing;

import org.jspecify.annotations.NullMarked;
