package io.strikegrid.server.stream;

/** A connection as the outbox sees it: takes one message at a time, and nothing ever blocks. */
interface Wire {

  /**
   * Sends a message.
   *
   * @param done called once, on any thread, when the connection took it or failed
   */
  void send(StreamMessage message, Runnable done);

  /** Asks for a sign of life, where the connection has such a thing. */
  void ping();

  /** Says goodbye: a code of RFC 6455 and a reason. */
  void close(int code, String reason);

  /** Drops the connection at once. */
  void drop();
}
