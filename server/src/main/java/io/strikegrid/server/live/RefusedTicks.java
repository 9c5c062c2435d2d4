package io.strikegrid.server.live;

import io.strikegrid.engine.time.Session;
import java.util.List;

/**
 * Keeps ticks that were taken and answered for, and turned out to be what the store cannot have:
 * until somebody has looked at them, sent them again or let them go. Safe for use by any number of
 * threads.
 */
@FunctionalInterface
public interface RefusedTicks {

  /**
   * Keeps ticks; when this returns, they are durable. Where it throws they are not, and whoever
   * calls must keep them and their receipts, and try again.
   *
   * @param symbol of all of them
   * @param session of all of them
   * @param feed that brought them, by its name
   * @param code of the reason
   * @param message the reason in words
   * @param ticks of any minutes and expiries of the session
   */
  void keep(
      String symbol, Session session, String feed, String code, String message, List<Tick> ticks);
}
