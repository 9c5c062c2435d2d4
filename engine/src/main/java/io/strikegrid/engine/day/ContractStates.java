package io.strikegrid.engine.day;

import io.strikegrid.engine.bar.BarTable;
import io.strikegrid.engine.bar.DayVolumes;
import io.strikegrid.engine.bar.SideColumn;
import io.strikegrid.engine.grid.AsOf;
import io.strikegrid.engine.grid.GridField;
import io.strikegrid.engine.grid.GridPage;
import io.strikegrid.engine.grid.KnownChain;
import io.strikegrid.engine.market.Moneyness;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.time.Timeframe;
import java.util.Arrays;

/**
 * What is known of an expiry's contracts at the end of a minute, while minutes are taken in order
 * of time: price, IV, open interest and day-cumulative volume of each by the rules of a chain, and
 * when it was observed last. It knows what a page knows at the end of the same bucket, and takes a
 * tenth of it.
 *
 * <p>One thread; a {@link #copy} goes its own way.
 */
final class ContractStates implements KnownChain, DayVolumes.Before {

  private static final long NEVER = Long.MIN_VALUE;
  private static final int MINUTE = Timeframe.MIN1.seconds();
  private static final Side[] SIDES = Side.values();
  private static final GridField[] FIELDS = {
    GridField.PRICE, GridField.IV, GridField.OI, GridField.VOLUME_DAY
  };
  private static final int[] PLACES = places();

  private int count;
  private double[] strikes;
  private final double[][] values = new double[SIDES.length * FIELDS.length][];
  private final long[][] newest = new long[SIDES.length][];
  private final long[][] oldest = new long[SIDES.length][];
  private final long[][] lastFigure = new long[SIDES.length][];
  private final int[][] minutesThen = new int[SIDES.length][];
  private final long open;
  private long minute = NEVER;
  private int minutes;

  /**
   * Nothing is known.
   *
   * @param open opening of the session, epoch seconds UTC
   */
  ContractStates(long open) {
    this(open, 16);
  }

  private ContractStates(long open, int capacity) {
    this.open = open;
    strikes = new double[capacity];
    Arrays.setAll(values, i -> new double[capacity]);
    Arrays.setAll(newest, i -> new long[capacity]);
    Arrays.setAll(oldest, i -> new long[capacity]);
    Arrays.setAll(minutesThen, i -> new int[capacity]);
    Arrays.setAll(lastFigure, i -> new long[capacity]);
  }

  private static int[] places() {
    int[] places = new int[GridField.values().length];
    Arrays.fill(places, -1);
    for (int i = 0; i < FIELDS.length; i++) {
      places[FIELDS[i].ordinal()] = i;
    }
    return places;
  }

  /** What a page of one-minute buckets knows at its end. */
  static ContractStates of(AsOf known) {
    GridPage page = known.page();
    ContractStates states = new ContractStates(page.session().open(), Math.max(1, known.strikes()));
    states.count = known.strikes();
    int[] minutesBy = new int[known.bucket() + 1];
    for (int b = 0; b < minutesBy.length; b++) {
      states.minutes += page.hasBar(b) ? 1 : 0;
      minutesBy[b] = states.minutes;
    }
    if (known.bucket() >= 0) {
      states.minute = page.bucketStart(known.bucket());
    }
    for (int k = 0; k < states.count; k++) {
      states.strikes[k] = known.strike(k);
      for (Side side : SIDES) {
        states.forget(side, k);
        int bar = known.newestBar(side, k);
        if (bar >= 0) {
          int s = side.ordinal();
          states.newest[s][k] = page.bucketStart(bar);
          states.oldest[s][k] = page.bucketStart(page.firstObserved(side, k));
          states.lastFigure[s][k] = states.newest[s][k];
          states.minutesThen[s][k] = minutesBy[bar];
        }
        for (int f = 0; f < FIELDS.length; f++) {
          states.values[place(side, f)][k] = known.at(side, FIELDS[f], k);
        }
      }
    }
    return states;
  }

  private void forget(Side side, int k) {
    newest[side.ordinal()][k] = NEVER;
    oldest[side.ordinal()][k] = DayVolumes.NEVER;
    lastFigure[side.ordinal()][k] = open - MINUTE;
    minutesThen[side.ordinal()][k] = 0;
  }

  private static int place(Side side, int field) {
    return side.ordinal() * FIELDS.length + field;
  }

  ContractStates copy() {
    ContractStates copy = new ContractStates(open, Math.max(1, count));
    copy.count = count;
    copy.minute = minute;
    copy.minutes = minutes;
    System.arraycopy(strikes, 0, copy.strikes, 0, count);
    for (int i = 0; i < values.length; i++) {
      System.arraycopy(values[i], 0, copy.values[i], 0, count);
    }
    for (int i = 0; i < newest.length; i++) {
      System.arraycopy(newest[i], 0, copy.newest[i], 0, count);
      System.arraycopy(oldest[i], 0, copy.oldest[i], 0, count);
      System.arraycopy(lastFigure[i], 0, copy.lastFigure[i], 0, count);
      System.arraycopy(minutesThen[i], 0, copy.minutesThen[i], 0, count);
    }
    return copy;
  }

  /**
   * Takes the bars of the next minute, which has at least one.
   *
   * @param tick smallest step of option prices; 0 where not known
   */
  void take(BarTable bars, double tick) {
    minute = bars.bucket(0);
    minutes++;
    for (int row = 0; row < bars.rows(); row++) {
      int k = number(bars.strike(row));
      for (Side side : SIDES) {
        if (bars.isObserved(row, side)) {
          newest[side.ordinal()][k] = minute;
          oldest[side.ordinal()][k] = Math.min(minute, oldest[side.ordinal()][k]);
          if (!Double.isNaN(bars.get(row, side, SideColumn.VOLUME_DAY))) {
            lastFigure[side.ordinal()][k] = minute;
            minutesThen[side.ordinal()][k] = minutes;
          }
          boolean givesIv = givesIv(bars, row, side, tick);
          for (int f = 0; f < FIELDS.length; f++) {
            double value = bars.get(row, side, FIELDS[f].column());
            if (FIELDS[f] == GridField.IV ? givesIv : !Double.isNaN(value)) {
              values[place(side, f)][k] = FIELDS[f].isExact() ? value : (float) value;
            }
          }
        }
      }
    }
  }

  private static boolean givesIv(BarTable bars, int row, Side side, double tick) {
    return KnownChain.givesIv(
        bars.get(row, side, SideColumn.CLOSE),
        bars.get(row, side, SideColumn.BID),
        bars.get(row, side, SideColumn.ASK),
        bars.get(row, side, SideColumn.IV_AVG),
        tick);
  }

  /** Number of a strike, which is numbered now if it was not before. */
  private int number(double strike) {
    int found = indexOf(strike);
    if (found >= 0) {
      return found;
    }
    int at = -found - 1;
    if (count == strikes.length) {
      int capacity = Math.max(16, 2 * count);
      strikes = Arrays.copyOf(strikes, capacity);
      Arrays.setAll(values, i -> Arrays.copyOf(values[i], capacity));
      Arrays.setAll(newest, i -> Arrays.copyOf(newest[i], capacity));
      Arrays.setAll(oldest, i -> Arrays.copyOf(oldest[i], capacity));
      Arrays.setAll(lastFigure, i -> Arrays.copyOf(lastFigure[i], capacity));
      Arrays.setAll(minutesThen, i -> Arrays.copyOf(minutesThen[i], capacity));
    }
    System.arraycopy(strikes, at, strikes, at + 1, count - at);
    strikes[at] = strike;
    for (double[] column : values) {
      System.arraycopy(column, at, column, at + 1, count - at);
      column[at] = Double.NaN;
    }
    for (Side side : SIDES) {
      int i = side.ordinal();
      System.arraycopy(newest[i], at, newest[i], at + 1, count - at);
      System.arraycopy(oldest[i], at, oldest[i], at + 1, count - at);
      System.arraycopy(lastFigure[i], at, lastFigure[i], at + 1, count - at);
      System.arraycopy(minutesThen[i], at, minutesThen[i], at + 1, count - at);
      forget(side, at);
    }
    count++;
    return at;
  }

  private int indexOf(double strike) {
    return Arrays.binarySearch(strikes, 0, count, strike);
  }

  /**
   * Start of the minute that was taken last, epoch seconds UTC; the smallest number without one.
   */
  long minute() {
    return minute;
  }

  @Override
  public double volumeDay(Side side, double strike) {
    int k = indexOf(strike);
    return k < 0 ? Double.NaN : at(side, GridField.VOLUME_DAY, k);
  }

  /** Whether a contract has been observed. */
  boolean isObserved(Side side, double strike) {
    int k = indexOf(strike);
    return k >= 0 && newest[side.ordinal()][k] != NEVER;
  }

  @Override
  public long firstObserved(Side side, double strike) {
    int k = indexOf(strike);
    return k < 0 ? DayVolumes.NEVER : oldest[side.ordinal()][k];
  }

  @Override
  public double missingSince(Side side, double strike, long at) {
    int k = indexOf(strike);
    long last = k < 0 ? open - MINUTE : lastFigure[side.ordinal()][k];
    int seen = minutes - (k < 0 ? 0 : minutesThen[side.ordinal()][k]);
    return (at - last) / MINUTE - 1 > seen ? last + MINUTE : Double.NaN;
  }

  @Override
  public int strikes() {
    return count;
  }

  @Override
  public double strike(int k) {
    return strikes[k];
  }

  @Override
  public int firstAtOrAbove(double price) {
    int at = indexOf(price);
    return at >= 0 ? at : -at - 1;
  }

  @Override
  public int atTheMoney(double underlying) {
    return Moneyness.atTheMoney(strikes, count, underlying, this::isKnown);
  }

  @Override
  public boolean isKnown(int k) {
    return newest[0][k] != NEVER || newest[1][k] != NEVER;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException where the field is none of those that are remembered
   */
  @Override
  public double at(Side side, GridField field, int k) {
    int place = PLACES[field.ordinal()];
    if (place < 0) {
      throw new IllegalArgumentException(field + " is not remembered");
    }
    return values[place(side, place)][k];
  }

  @Override
  public int contracts() {
    return observed(NEVER + 1);
  }

  @Override
  public int carried() {
    return carried(minute);
  }

  /** Contracts whose newest bar is of a minute before one. */
  int carried(long since) {
    return contracts() - observed(since);
  }

  private int observed(long since) {
    int contracts = 0;
    for (long[] side : newest) {
      for (int k = 0; k < count; k++) {
        contracts += side[k] >= since ? 1 : 0;
      }
    }
    return contracts;
  }

  /** Bytes that they take, about. */
  long bytes() {
    return 200 + (long) strikes.length * (1 + values.length + 4 * SIDES.length) * Double.BYTES;
  }
}
