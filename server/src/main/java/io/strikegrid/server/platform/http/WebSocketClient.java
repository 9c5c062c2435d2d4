package io.strikegrid.server.platform.http;

/** One connected client of a WebSocket. Safe for use by any number of threads; nothing blocks. */
public interface WebSocketClient {

  /** Who it is. */
  Caller caller();

  /**
   * Sends a text message.
   *
   * @param utf8 is not copied, and must not change
   * @param done called once, on any thread and possibly before this returns, when the connection
   *     took the message or failed
   */
  void send(byte[] utf8, Runnable done);

  /** Asks for a sign of life, which the client gives without its program's doing. */
  void ping();

  /**
   * Says goodbye, and gives the client some seconds to do the same.
   *
   * @param code as RFC 6455 has it
   * @param reason in words, at most 123 bytes
   */
  void close(int code, String reason);

  /** Drops the connection at once. */
  void drop();
}
