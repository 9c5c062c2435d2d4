package io.strikegrid.server.live;

import java.util.List;

/** Where feeds hand their ticks in. Safe for use by any number of threads. */
public interface TickSink {

  /**
   * Takes ticks into the minutes that they belong to, all of them or none. It does not wait for the
   * store: what is committed is told through the receipt, and what turns out to be refused only
   * then is told to the feed, as {@link Feed#refused}.
   *
   * @param feed whose ticks they are
   * @param ticks of one message or several, in any order
   * @param receipt held by the caller, who releases it afterwards whatever the outcome
   * @return whether they were taken; where there is no room, nothing was, and the same ticks may be
   *     offered again later
   */
  boolean offer(Feed feed, List<Tick> ticks, Receipt receipt);
}
