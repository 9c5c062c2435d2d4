package io.strikegrid.server.rollup;

import io.strikegrid.engine.bar.BarBuilder;
import io.strikegrid.engine.bar.Observation;
import io.strikegrid.engine.bar.ObservationField;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.time.Session;
import io.strikegrid.server.store.ContractDayStore;
import java.time.LocalDate;
import java.util.List;

/** What a chain says of the whole day of its contracts. */
public final class ContractFigures {

  private ContractFigures() {}

  /** The figures in the reports of an expiry's observations. */
  public static List<ContractDayStore.Row> of(
      Underlying underlying, Session session, LocalDate expiry, BarBuilder.Result result) {
    var lot = underlying.lot(expiry, session.day());
    double units = lot.isPresent() ? lot.getAsInt() : Double.NaN;
    return result.reports().stream().map(o -> figure(session, expiry, units, o)).toList();
  }

  private static ContractDayStore.Row figure(
      Session session, LocalDate expiry, double lot, Observation o) {
    boolean closed = o.time() >= session.close();
    return new ContractDayStore.Row(
        expiry,
        o.strike(),
        o.side(),
        lot,
        o.get(ObservationField.OI) - o.get(ObservationField.OI_CHANGE),
        closed ? o.get(ObservationField.OI) : Double.NaN,
        closed ? o.get(ObservationField.PRICE) : Double.NaN,
        Double.NaN,
        closed ? o.get(ObservationField.VOLUME_DAY) : Double.NaN,
        false,
        o.time());
  }
}
