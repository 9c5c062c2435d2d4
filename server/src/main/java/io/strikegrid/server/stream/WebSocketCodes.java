package io.strikegrid.server.stream;

/** Codes with which the server closes a WebSocket, beside those of RFC 6455. */
final class WebSocketCodes {

  /** The server stops. */
  static final int STOPPING = 1001;

  /** The client's token has ended, or was taken back. */
  static final int TOKEN_ENDED = 4001;

  /** The client has as many connections as it may. */
  static final int TRY_LATER = 1013;

  /** The client was not heard of for too long. */
  static final int IDLE = 4000;

  private WebSocketCodes() {}
}
