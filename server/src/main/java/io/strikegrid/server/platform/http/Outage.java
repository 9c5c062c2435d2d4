package io.strikegrid.server.platform.http;

/**
 * An exception that means that something the server needs cannot do its part now: the answer is
 * 503, and says why.
 */
public interface Outage {

  /** What clients are told. */
  String told();
}
