package io.strikegrid.engine.bar;

import io.strikegrid.engine.market.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes one-minute bars of one expiry's observations of one trading day.
 *
 * <p>A bar is a function of its minute's observations alone, whatever the order in which they came:
 * they are sorted first, and the same one again changes nothing. One thing looks across minutes: a
 * side whose cumulative volume falls from above zero to zero is a <em>dropout</em>, and that
 * observation, which tells nothing, is held back.
 */
public final class BarBuilder {

  /** What came of the observations. */
  public static final class Result {
    private final BarTable bars = new BarTable();
    private final TreeMap<Long, Long> lastObservation = new TreeMap<>();
    private final List<Observation> dropouts = new ArrayList<>();
    private final List<Observation> conflicts = new ArrayList<>();
    private final List<Observation> reports = new ArrayList<>();
    private int duplicates;

    /** The bars; volume is not derived yet, moneyness and provenance are not set. */
    public BarTable bars() {
      return bars;
    }

    /** By minute, the event time of its last observation, epoch seconds UTC. */
    public TreeMap<Long, Long> lastObservation() {
      return lastObservation;
    }

    /** Observations held back because a side vanished for a moment. */
    public List<Observation> dropouts() {
      return dropouts;
    }

    /** Ready-made bars of a minute that already has another one. */
    public List<Observation> conflicts() {
      return conflicts;
    }

    /**
     * Of each contract, the newest observation that says something of its whole day: a change in
     * open interest, or anything after the close.
     */
    public List<Observation> reports() {
      return reports;
    }

    /** Observations that were there already, field by field. */
    public int duplicates() {
      return duplicates;
    }
  }

  private final boolean readyMade;
  private final long close;
  private final TradedBefore before;
  private final Result result = new Result();
  private final TreeMap<Long, double[]> underlying = new TreeMap<>();

  private BarBuilder(boolean readyMade, long close, TradedBefore before) {
    this.readyMade = readyMade;
    this.close = close;
    this.before = before;
  }

  /** What else is known of the day, beside the observations at hand. */
  @FunctionalInterface
  public interface TradedBefore {

    /** Nothing else is known. */
    TradedBefore NOTHING = (side, strike, minute) -> false;

    /**
     * Whether observations of the same kind had told a day-cumulative volume above zero of a
     * contract before a minute.
     *
     * @param minute start of the minute, epoch seconds UTC
     */
    boolean hasTraded(Side side, double strike, long minute);
  }

  /**
   * Builds the bars of observations that are all there is of their day.
   *
   * @see #build(List, boolean, long, TradedBefore)
   */
  public static Result build(List<Observation> observations, boolean readyMade, long close) {
    return build(observations, readyMade, close, TradedBefore.NOTHING);
  }

  /**
   * Builds the bars.
   *
   * @param observations of one expiry and trading day, in any order; the list is left as it is
   * @param readyMade whether each observation is a bar that was made elsewhere: then it must be the
   *     only one of its side and minute, and speaks for the whole minute
   * @param close end of the session, epoch seconds UTC: what comes later makes no bar
   * @param before what the day had come to without them; asked for contracts without volume alone
   */
  public static Result build(
      List<Observation> observations, boolean readyMade, long close, TradedBefore before) {
    List<Observation> sorted = new ArrayList<>(observations);
    sorted.sort(Observation.ORDER);
    BarBuilder builder = new BarBuilder(readyMade, close, before);
    builder.takeUnderlying(observations);
    int from = 0;
    while (from < sorted.size()) {
      int to = from + 1;
      while (to < sorted.size() && sorted.get(to).strike() == sorted.get(from).strike()) {
        to++;
      }
      builder.addStrike(sorted.subList(from, to));
      from = to;
    }
    return builder.result;
  }

  /** The last quoted underlying of each minute, whichever contract it came with. */
  private void takeUnderlying(List<Observation> observations) {
    for (Observation o : observations) {
      double price = o.get(ObservationField.UNDERLYING);
      if (price > 0) {
        double[] last = underlying.computeIfAbsent(minute(o), m -> new double[] {0, 0});
        if (o.millis() > last[0] || (o.millis() == last[0] && price > last[1])) {
          last[0] = o.millis();
          last[1] = price;
        }
      }
    }
  }

  private void addStrike(List<Observation> ofStrike) {
    TreeMap<Long, SideBar[]> minutes = new TreeMap<>();
    boolean hasTraded = false;
    Observation previous = null;
    Observation report = null;
    for (Observation o : ofStrike) {
      if (previous != null && previous.side() != o.side()) {
        previous = null;
        hasTraded = false;
        report = addReport(report);
      }
      if (o.isEmpty()) {
        continue;
      }
      if (previous != null && previous.isSame(o)) {
        result.duplicates++;
        continue;
      }
      previous = o;
      boolean afterClose = o.time() >= close;
      if (readyMade && !afterClose && isTaken(minutes, o)) {
        result.conflicts.add(o);
        continue;
      }
      double reported = o.get(ObservationField.VOLUME_DAY);
      if (reported == 0 && (hasTraded || before.hasTraded(o.side(), o.strike(), minute(o)))) {
        result.dropouts.add(o);
        continue;
      }
      hasTraded |= reported > 0;
      if (afterClose || tellsPreviousClose(o)) {
        report = newer(report, o);
      }
      if (!afterClose) {
        add(minutes, o);
      }
    }
    addReport(report);
    minutes.forEach((minute, sides) -> write(ofStrike.getFirst().strike(), minute, sides));
  }

  private @Nullable Observation addReport(@Nullable Observation report) {
    if (report != null) {
      result.reports.add(report);
    }
    return null;
  }

  private static boolean tellsPreviousClose(Observation o) {
    return !Double.isNaN(previousClose(o));
  }

  private static double previousClose(Observation o) {
    return o.get(ObservationField.OI) - o.get(ObservationField.OI_CHANGE);
  }

  /** The newer report; one that does not tell the previous close takes over what is known of it. */
  private static Observation newer(@Nullable Observation report, Observation o) {
    if (report == null || tellsPreviousClose(o) || !tellsPreviousClose(report)) {
      return o;
    }
    double oi = o.get(ObservationField.OI);
    if (Double.isNaN(oi)) {
      return report;
    }
    double[] values = o.values().clone();
    values[ObservationField.OI_CHANGE.ordinal()] = oi - previousClose(report);
    return new Observation(o.strike(), o.side(), o.millis(), o.polled(), o.line(), values);
  }

  private static boolean isTaken(TreeMap<Long, SideBar[]> minutes, Observation o) {
    SideBar[] sides = minutes.get(minute(o));
    return sides != null && sides[o.side().ordinal()] != null;
  }

  private void add(TreeMap<Long, SideBar[]> minutes, Observation o) {
    SideBar[] sides = minutes.computeIfAbsent(minute(o), m -> new SideBar[Side.values().length]);
    SideBar bar = sides[o.side().ordinal()];
    if (bar == null) {
      sides[o.side().ordinal()] = bar = new SideBar();
    }
    bar.add(o);
    result.lastObservation.merge(
        minute(o), readyMade ? minute(o) + MINUTE - 1 : o.time(), Math::max);
  }

  private void write(double strike, long minute, SideBar[] sides) {
    int row = result.bars.add(strike, minute);
    double[] price = underlying.get(minute);
    result.bars.set(row, BarColumns.UNDERLYING_CLOSE, price == null ? Double.NaN : price[1]);
    result.bars.set(row, BarColumns.UNDERLYING_LAST, price == null ? Double.NaN : price[1]);
    UnderlyingSource source = price == null ? UnderlyingSource.NONE : UnderlyingSource.QUOTED;
    result.bars.set(row, BarColumns.UNDERLYING_SOURCE, source.ordinal());
    for (Side side : Side.values()) {
      SideBar bar = sides[side.ordinal()];
      (bar == null ? new SideBar() : bar).write(result.bars, row, side);
    }
  }

  private static final int MINUTE = 60;

  private static long minute(Observation o) {
    return Math.floorDiv(o.time(), MINUTE) * MINUTE;
  }
}
