package io.strikegrid.engine.day;

import java.time.LocalDate;
import java.util.NavigableSet;
import java.util.OptionalLong;

/**
 * What is known of a (symbol, trading day) before something comes in. Asking may read a store, so
 * only what is needed is asked for.
 */
public interface KnownDay {

  /** Expiries that have bars, ascending. */
  NavigableSet<LocalDate> expiries();

  /** The first minute in which the symbol was observed, epoch seconds UTC. */
  OptionalLong firstMinute();

  /** An expiry that has bars, as it is known at its end; with its bars or without. */
  ExpiryDay end(LocalDate expiry);

  /** The same with its bars. */
  ExpiryDay whole(LocalDate expiry);
}
