package io.strikegrid.server.platform.http;

/** A server that cannot listen where it was told to; its message is for whoever started it. */
public final class ListenException extends RuntimeException {

  private static final long serialVersionUID = 1;

  ListenException(String message, Throwable cause) {
    super(message, cause);
  }
}
