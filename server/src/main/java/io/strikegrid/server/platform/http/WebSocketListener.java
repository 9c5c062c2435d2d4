package io.strikegrid.server.platform.http;

/**
 * Hears one client of a WebSocket. Calls come one after the other; the next message is not read
 * before the last one was dealt with, so a listener that takes its time slows its own client alone.
 */
public interface WebSocketListener {

  /** A text message came. Runs on a virtual thread, and may block. */
  void text(String message);

  /** Anything came, an answer to a ping too; must not block. */
  void heard();

  /** The connection is gone; called once. Runs on a virtual thread, and may block. */
  void closed();
}
