package io.strikegrid.engine.day;

import io.strikegrid.engine.bar.BarBuilder;
import io.strikegrid.engine.bar.BarTable;
import io.strikegrid.engine.market.Side;
import java.util.HashMap;
import java.util.Map;

/**
 * The minute of each contract's first trade: where its day-cumulative volume was first reported
 * above zero.
 *
 * <p>One thread; a {@link #copy} goes its own way.
 */
final class FirstTrades implements BarBuilder.TradedBefore {

  private record Contract(double strike, Side side) {}

  private final Map<Contract, Long> minutes = new HashMap<>();

  FirstTrades copy() {
    FirstTrades copy = new FirstTrades();
    copy.minutes.putAll(minutes);
    return copy;
  }

  /** Takes the bars of a minute. */
  void take(BarTable minute) {
    for (int row = 0; row < minute.rows(); row++) {
      for (Side side : Side.values()) {
        if (minute.reported(row, side) > 0) {
          minutes.merge(new Contract(minute.strike(row), side), minute.bucket(row), Math::min);
        }
      }
    }
  }

  /** Takes that a contract has traded at some time before what follows. */
  void take(Side side, double strike) {
    minutes.put(new Contract(strike, side), Long.MIN_VALUE);
  }

  @Override
  public boolean hasTraded(Side side, double strike, long minute) {
    return minutes.getOrDefault(new Contract(strike, side), Long.MAX_VALUE) < minute;
  }

  /** Bytes that they take, about. */
  long bytes() {
    return 96L * minutes.size();
  }
}
