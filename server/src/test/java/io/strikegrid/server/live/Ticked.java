package io.strikegrid.server.live;

import io.strikegrid.engine.bar.Observation;
import io.strikegrid.engine.bar.ObservationField;
import io.strikegrid.engine.market.Side;
import java.util.Arrays;

/** One tick of the call at 24,000, in few words. */
final class Ticked {

  static final double STRIKE = 24_000;

  private final long millis;
  private final double[] values = new double[ObservationField.values().length];
  private Side side = Side.CALL;
  private double strike = STRIKE;

  private Ticked(long millis) {
    this.millis = millis;
    Arrays.fill(values, Double.NaN);
    values[ObservationField.UNDERLYING.ordinal()] = STRIKE;
  }

  static Ticked at(int minute, double second) {
    return new Ticked(
        LiveStore.SESSION.open() * 1000 + 60_000L * minute + Math.round(second * 1000));
  }

  Ticked put() {
    side = Side.PUT;
    return this;
  }

  Ticked strike(double value) {
    strike = value;
    return this;
  }

  Ticked with(ObservationField field, double value) {
    values[field.ordinal()] = value;
    return this;
  }

  Ticked price(double value) {
    return with(ObservationField.PRICE, value);
  }

  Ticked oi(double value) {
    return with(ObservationField.OI, value);
  }

  Ticked volumeDay(double value) {
    return with(ObservationField.VOLUME_DAY, value);
  }

  Observation made() {
    return new Observation(strike, side, millis, Math.floorDiv(millis, 1000), 0, values.clone());
  }
}
