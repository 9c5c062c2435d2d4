package io.strikegrid.server.stream;

/**
 * A chain with the buckets that still run.
 *
 * @param page committed buckets, then provisional ones
 * @param first number of the first provisional one
 * @param version differs whenever the chain does
 */
record RunningChain(ChainPage page, int first, Version version) {

  /** Generation of the committed buckets and sequence of the others. */
  record Version(long generation, long sequence) {}
}
