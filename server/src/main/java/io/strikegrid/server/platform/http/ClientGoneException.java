package io.strikegrid.server.platform.http;

/** The client left before its answer was made: the work ends, and nobody is told. */
public final class ClientGoneException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** Without a trace: it is nobody's fault. */
  public ClientGoneException() {
    super("the client closed its connection before it had its answer", null, false, false);
  }
}
