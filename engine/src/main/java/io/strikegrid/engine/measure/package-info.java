/**
 * Measures: what is asked of pages. Each number has one definition and lives in one class; nothing
 * here reads a store or a clock.
 */
@NullMarked
package io.strikegrid.engine.measure;

import org.jspecify.annotations.NullMarked;
