package io.strikegrid.engine.bar;

import io.strikegrid.engine.market.Side;

/** One side of one minute while its observations, in order of time, are being added. */
final class SideBar {

  private static final int GREEKS = SideColumn.greeks().length;
  private static final ObservationField[] GREEK_FIELDS = {
    ObservationField.DELTA,
    ObservationField.GAMMA,
    ObservationField.THETA,
    ObservationField.VEGA,
    ObservationField.RHO
  };

  private double count;
  private double ivSum;
  private double ivCount;
  private final double[] greekSums = new double[GREEKS];
  private final double[] greekCounts = new double[GREEKS];
  private double greeksCount;
  private double volume = Double.NaN;
  private double volumeDay = Double.NaN;
  private double oi = Double.NaN;
  private double open = Double.NaN;
  private double high = Double.NaN;
  private double low = Double.NaN;
  private double close = Double.NaN;
  private double bid = Double.NaN;
  private double ask = Double.NaN;

  void add(Observation o) {
    count += given(o, ObservationField.COUNT);
    addIvAndGreeks(o);
    addPrices(o);
    double traded = o.get(ObservationField.VOLUME);
    volume = Double.isNaN(traded) || Double.isNaN(volume) ? known(traded, volume) : volume + traded;
    double reported = o.get(ObservationField.VOLUME_DAY);
    volumeDay = reported <= volumeDay ? volumeDay : known(reported, volumeDay);
    oi = known(o.get(ObservationField.OI), oi);
    bid = known(o.get(ObservationField.BID), bid);
    ask = known(o.get(ObservationField.ASK), ask);
  }

  private void addIvAndGreeks(Observation o) {
    double iv = o.get(ObservationField.IV);
    if (!Double.isNaN(iv)) {
      double weight = given(o, ObservationField.IV_COUNT);
      ivSum += iv * weight;
      ivCount += weight;
    }
    double weight = given(o, ObservationField.GREEKS_COUNT);
    boolean any = false;
    for (int i = 0; i < GREEKS; i++) {
      double greek = o.get(GREEK_FIELDS[i]);
      if (!Double.isNaN(greek)) {
        greekSums[i] += greek * weight;
        greekCounts[i] += weight;
        any = true;
      }
    }
    greeksCount += any ? weight : 0;
  }

  private void addPrices(Observation o) {
    double price = o.get(ObservationField.PRICE);
    if (!(price > 0)) {
      return;
    }
    double first = positive(o.get(ObservationField.OPEN), price);
    double highest = positive(o.get(ObservationField.HIGH), price);
    double lowest = positive(o.get(ObservationField.LOW), price);
    open = Double.isNaN(open) ? first : open;
    high = Double.isNaN(high) ? highest : Math.max(high, highest);
    low = Double.isNaN(low) ? lowest : Math.min(low, lowest);
    close = price;
  }

  void write(BarTable bars, int row, Side side) {
    bars.set(row, side, SideColumn.COUNT, count);
    bars.set(row, side, SideColumn.IV_COUNT, ivCount);
    bars.set(row, side, SideColumn.GREEKS_COUNT, greeksCount);
    if (ivCount > 0) {
      bars.set(row, side, SideColumn.IV_AVG, ivSum / ivCount);
      bars.set(row, side, SideColumn.IV_SOURCE, IvSource.FEED.ordinal());
    }
    SideColumn[] greeks = SideColumn.greeks();
    if (greeksCount > 0) {
      bars.set(row, side, SideColumn.GREEKS_SOURCE, GreeksSource.FEED.ordinal());
    }
    for (int i = 0; i < GREEKS; i++) {
      bars.set(
          row, side, greeks[i], greekCounts[i] > 0 ? greekSums[i] / greekCounts[i] : Double.NaN);
    }
    bars.set(row, side, SideColumn.VOLUME, volume);
    bars.set(row, side, SideColumn.VOLUME_DAY, volumeDay);
    bars.set(row, side, SideColumn.OI_SUM, oi);
    bars.set(row, side, SideColumn.OI_LAST, oi);
    bars.set(row, side, SideColumn.OPEN, open);
    bars.set(row, side, SideColumn.HIGH, high);
    bars.set(row, side, SideColumn.LOW, low);
    bars.set(row, side, SideColumn.CLOSE, close);
    bars.set(row, side, SideColumn.BID, bid);
    bars.set(row, side, SideColumn.ASK, ask);
    if (!Double.isNaN(bid) || !Double.isNaN(ask)) {
      bars.set(row, side, SideColumn.QUOTED, Quoted.of(bid, ask));
    }
  }

  /** A count that the observation states, else 1. */
  private static double given(Observation o, ObservationField field) {
    return known(o.get(field), 1);
  }

  private static double positive(double value, double otherwise) {
    return value > 0 ? value : otherwise;
  }

  private static double known(double value, double otherwise) {
    return Double.isNaN(value) ? otherwise : value;
  }
}
