/**
 * Benchmarks. Each states its question and the command that answers it; results with machine and
 * commit stand in {@code docs/reference/performance.md}.
 */
@NullMarked
package io.strikegrid.benchmarks;

import org.jspecify.annotations.NullMarked;
