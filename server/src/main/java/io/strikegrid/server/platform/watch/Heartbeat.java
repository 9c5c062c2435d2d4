package io.strikegrid.server.platform.watch;

/** Where a thread gives signs of life. */
@FunctionalInterface
public interface Heartbeat {

  /** It lives: it got on with its work, or has none. Cheap, and never throws. */
  void beat();
}
