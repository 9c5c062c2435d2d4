package io.strikegrid.server.live;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a feed gets back for a message once everything in it is committed. It is held by whoever
 * still has work with the message, once by the feed itself while it hands the message in, and once
 * by every minute that the message touches; when the last one releases it, the feed is told.
 *
 * <p>Safe for use by any number of threads.
 */
public final class Receipt {

  private final AtomicInteger holders = new AtomicInteger(1);
  private final Runnable committed;

  /**
   * A receipt that its maker holds.
   *
   * @param committed run once, by the thread that releases last; must not block or throw
   */
  public Receipt(Runnable committed) {
    this.committed = committed;
  }

  /** Holds it once more; only for somebody who holds it already, or gets it from one who does. */
  public void hold() {
    holders.incrementAndGet();
  }

  /** Lets go of it. */
  public void release() {
    if (holders.decrementAndGet() == 0) {
      committed.run();
    }
  }
}
