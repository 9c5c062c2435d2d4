package io.strikegrid.engine.day;

import io.strikegrid.engine.bar.BarTable;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.measure.MinuteMetrics;
import io.strikegrid.engine.pricing.IvReason;
import io.strikegrid.engine.time.Timeframe;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * What is to be written of one expiry of a day. Tables are in order of strike, then time, and not
 * to be changed.
 *
 * @param expiry whose plan it is
 * @param isAppended whether all rows are of minutes after those that were known
 * @param rows one-minute rows that are new or changed, whole
 * @param came how many of them something came for; the others follow from those
 * @param unchanged rows that came and were there already
 * @param newest of the rows, those that are the newest of their strike
 * @param buckets rows of the roll-ups that the rows touch, by timeframe
 * @param metrics rows that are new or may have changed, by timeframe, in order of time
 * @param removed rows that nothing is left of
 * @param under sides that live ones lie over now, by minute; empty where there are none any more
 * @param reported day-cumulative volumes to keep beside the rows, which show more, or to forget
 * @param firstSeen contracts that had not been observed before that day
 * @param unsolved sides of the priced rows that have no implied volatility, by reason
 * @param after what is known of the expiry then
 */
public record ExpiryPlan(
    LocalDate expiry,
    boolean isAppended,
    BarTable rows,
    int came,
    int unchanged,
    BarTable newest,
    Map<Timeframe, BarTable> buckets,
    Map<Timeframe, List<MinuteMetrics>> metrics,
    Removed removed,
    Map<Long, BarTable> under,
    List<Reported> reported,
    List<Contract> firstSeen,
    Map<IvReason, Long> unsolved,
    ExpiryDay after) {

  /**
   * What was reported of a contract's day-cumulative volume in a minute.
   *
   * @param volumeDay NaN where the row shows it itself, or is not there any more
   */
  public record Reported(Contract contract, long minute, double volumeDay) {}

  /** A contract of the expiry. */
  public record Contract(double strike, Side side) {}

  /** The key of a row beside its expiry: bucket is its start, epoch seconds UTC. */
  public record Key(double strike, long bucket) {}

  /**
   * Rows to delete.
   *
   * @param rows of strikes, by timeframe
   * @param metrics buckets of which the expiry has no metrics any more, by timeframe
   */
  public record Removed(Map<Timeframe, List<Key>> rows, Map<Timeframe, List<Long>> metrics) {

    /** Those of a timeframe. */
    public List<Key> of(Timeframe timeframe) {
      return rows.getOrDefault(timeframe, List.of());
    }

    /** Whether there is none. */
    public boolean isEmpty() {
      return rows.values().stream().allMatch(List::isEmpty);
    }
  }

  /** Whether anything is to be written. */
  public boolean hasChanges() {
    return rows.rows() > 0
        || !removed.isEmpty()
        || !under.isEmpty()
        || metrics.values().stream().anyMatch(of -> !of.isEmpty());
  }
}
