package io.strikegrid.server.view;

import io.strikegrid.engine.market.Side;
import java.util.Optional;

/** Which sides are asked for. */
public enum Sides {
  /** Calls alone. */
  CALL(Optional.of(Side.CALL)),
  /** Puts alone. */
  PUT(Optional.of(Side.PUT)),
  /** Calls and puts. */
  BOTH(Optional.empty());

  private final Optional<Side> one;

  Sides(Optional<Side> one) {
    this.one = one;
  }

  /** The one side, or empty for both. */
  public Optional<Side> one() {
    return one;
  }

  /** Whether a side is among them. */
  public boolean has(Side side) {
    return one.isEmpty() || one.get() == side;
  }

  /** The name on every interface: {@code call}, {@code put} or {@code both}. */
  public String text() {
    return one.map(Side::label).orElse("both");
  }
}
