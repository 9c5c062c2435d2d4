package io.strikegrid.server.live;

import io.strikegrid.engine.time.Session;
import java.util.List;

/**
 * Keeps ticks for good that were taken from their feed and cannot become bars, until somebody looks
 * at them and sends them again or drops them. Safe for use by any number of threads.
 */
@FunctionalInterface
public interface RefusedTicks {

  /**
   * Keeps ticks; when this returns, they are durable. The same ones may come again.
   *
   * @param symbol of all of them
   * @param session of all of them
   * @param feed names of the feeds that brought them, separated by commas
   * @param code of the reason
   * @param message the reason in words
   * @param ticks at least one
   * @throws RuntimeException where they could not be kept: the caller comes again
   */
  void keep(
      String symbol, Session session, String feed, String code, String message, List<Tick> ticks);
}
