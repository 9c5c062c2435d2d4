package io.strikegrid.server.chain;

/**
 * What an answer keeps of the pages of its range. It sees them one at a time, each once, and must
 * not keep any. For one thread.
 */
interface Fold {

  /**
   * Most bytes of what it keeps.
   *
   * @param buckets of all sessions of the range
   * @param days of the range
   * @param expiries asked for
   * @param strikes most that one page has
   */
  long bytes(long buckets, int days, int expiries, int strikes);

  /** Whether the one-minute page of a day is looked at beside that of the range's timeframe. */
  default boolean needsMinutes() {
    return false;
  }

  /**
   * Takes what it needs of a page.
   *
   * @param day number of the day among those that have a bar in the range
   * @param expiry number of the asked expiry
   * @param part which buckets
   */
  void take(int day, int expiry, ChainSource.Bars bars, Part part);

  /** Forgets a day, that no page has a bar of in the range. */
  void drop(int day);
}
