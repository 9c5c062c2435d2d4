package io.strikegrid.server.live;

import io.strikegrid.engine.bar.Observation;
import io.strikegrid.engine.bar.ObservationField;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.time.Session;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Optional;

/**
 * One observation on its way to its minute: of a contract, or of the underlying alone.
 *
 * @param underlying what the contract is on
 * @param session the trading session that holds the event time
 * @param expiry of the contract; empty for a price of the underlying, which counts for every expiry
 * @param observation what was seen, its event time within the session
 */
public record Tick(
    Underlying underlying, Session session, Optional<LocalDate> expiry, Observation observation) {

  /** A price of the underlying that came without a contract. */
  public static Tick ofUnderlying(
      Underlying underlying, Session session, long millis, double price) {
    double[] values = new double[ObservationField.values().length];
    Arrays.fill(values, Double.NaN);
    values[ObservationField.UNDERLYING.ordinal()] = price;
    return new Tick(
        underlying,
        session,
        Optional.empty(),
        new Observation(0, Side.CALL, millis, millis / 1000, 0, values));
  }
}
