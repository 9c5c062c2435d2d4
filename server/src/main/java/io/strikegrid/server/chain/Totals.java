package io.strikegrid.server.chain;

import io.strikegrid.engine.grid.GridField;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.measure.Ratio;
import io.strikegrid.server.platform.http.JsonWriter;
import java.io.IOException;
import java.util.function.IntPredicate;

/** Sums of what is known over the strikes answered; NaN where nothing is. */
record Totals(
    double callOi,
    double putOi,
    double callVolumeDay,
    double putVolumeDay,
    double callOiChange,
    double putOiChange) {

  static Totals of(Snapshot chain, OiChange reference, IntPredicate isAnswered) {
    return new Totals(
        sum(chain, Side.CALL, GridField.OI, isAnswered),
        sum(chain, Side.PUT, GridField.OI, isAnswered),
        sum(chain, Side.CALL, GridField.VOLUME_DAY, isAnswered),
        sum(chain, Side.PUT, GridField.VOLUME_DAY, isAnswered),
        change(chain, Side.CALL, reference, isAnswered),
        change(chain, Side.PUT, reference, isAnswered));
  }

  private static double sum(Snapshot chain, Side side, GridField field, IntPredicate isAnswered) {
    double sum = Double.NaN;
    for (int k = 0; k < chain.page().strikes(); k++) {
      if (isAnswered.test(k)) {
        sum = plus(sum, chain.known().at(side, field, k));
      }
    }
    return sum;
  }

  private static double change(
      Snapshot chain, Side side, OiChange reference, IntPredicate isAnswered) {
    double sum = Double.NaN;
    for (int k = 0; k < chain.page().strikes(); k++) {
      if (isAnswered.test(k)) {
        double oi = chain.known().at(side, GridField.OI, k);
        sum = plus(sum, oi - reference.of(side)[k]);
      }
    }
    return sum;
  }

  private static double plus(double sum, double value) {
    return Double.isNaN(value) ? sum : Double.isNaN(sum) ? value : sum + value;
  }

  /** Put over call open interest; NaN where the calls have none. */
  double pcr() {
    return Ratio.of(putOi, callOi);
  }

  /** Put over call day volume; NaN where the calls have none. */
  double pcrVolume() {
    return Ratio.of(putVolumeDay, callVolumeDay);
  }

  void write(JsonWriter out) throws IOException {
    out.startObject("totals");
    out.number("call_oi", callOi);
    out.number("put_oi", putOi);
    out.number("call_volume_day", callVolumeDay);
    out.number("put_volume_day", putVolumeDay);
    out.number("call_oi_change", callOiChange);
    out.number("put_oi_change", putOiChange);
    out.endObject();
  }
}
