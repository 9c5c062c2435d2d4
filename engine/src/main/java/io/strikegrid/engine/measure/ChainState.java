package io.strikegrid.engine.measure;

import io.strikegrid.engine.grid.AsOf;
import io.strikegrid.engine.grid.BucketField;
import io.strikegrid.engine.grid.GridField;
import io.strikegrid.engine.grid.GridPage;
import io.strikegrid.engine.grid.KnownChain;
import io.strikegrid.engine.market.Side;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The numbers of a chain as a whole at the end of a bucket, from what is known then: ratios, max
 * pain, totals, the strike at the money, its straddle and the implied volatility at the forward.
 *
 * @param callOi open interest of all calls, NaN where none is known
 * @param putOi open interest of all puts, NaN where none is known
 * @param callVolumeDay day-cumulative volume of all calls, NaN where none is known
 * @param putVolumeDay day-cumulative volume of all puts, NaN where none is known
 * @param pcr put over call open interest, NaN where the calls have none
 * @param pcrVolume put over call day volume, NaN where the calls have none
 * @param maxPain strike of the least payout, NaN without open interest
 * @param atmStrike the strike nearest to the underlying, NaN where that is unknown
 * @param straddle call plus put price there, NaN unless both are known
 * @param atmIv implied volatility at the forward, a fraction, NaN where a neighbour has none
 * @param contracts contracts observed by then
 * @param carried those whose newest bar is older
 */
public record ChainState(
    double callOi,
    double putOi,
    double callVolumeDay,
    double putVolumeDay,
    double pcr,
    double pcrVolume,
    double maxPain,
    double atmStrike,
    double straddle,
    double atmIv,
    int contracts,
    int carried) {

  /**
   * Measures a chain.
   *
   * @param known what is known at the end of the bucket
   * @param underlying its price then; NaN where unknown
   * @param forward of the expiry then; NaN where unknown
   */
  public static ChainState of(KnownChain known, double underlying, double forward) {
    int[] seen = IntStream.range(0, known.strikes()).filter(known::isKnown).toArray();
    double[] strike = Arrays.stream(seen).mapToDouble(known::strike).toArray();
    double[] callOi = values(known, Side.CALL, GridField.OI, seen);
    double[] putOi = values(known, Side.PUT, GridField.OI, seen);
    double calls = sum(callOi);
    double puts = sum(putOi);
    double callVolume = sum(values(known, Side.CALL, GridField.VOLUME_DAY, seen));
    double putVolume = sum(values(known, Side.PUT, GridField.VOLUME_DAY, seen));
    int atm = known.atTheMoney(underlying);
    return new ChainState(
        calls,
        puts,
        callVolume,
        putVolume,
        Double.isNaN(calls) || Double.isNaN(puts) ? Double.NaN : Ratio.of(puts, calls),
        Double.isNaN(callVolume) || Double.isNaN(putVolume)
            ? Double.NaN
            : Ratio.of(putVolume, callVolume),
        MaxPain.of(strike, callOi, putOi),
        atm < 0 ? Double.NaN : known.strike(atm),
        atm < 0 ? Double.NaN : straddle(known, atm),
        atmIv(known, forward),
        known.contracts(),
        known.carried());
  }

  /** The chain at the end of a bucket of a page, by the underlying and forward that it keeps. */
  public static ChainState of(GridPage page, AsOf known) {
    int bucket = known.bucket();
    return of(
        known,
        page.bucketValue(BucketField.UNDERLYING, bucket),
        page.bucketValue(BucketField.FORWARD, bucket));
  }

  /** The same with another strike at the money. */
  public ChainState withAtmStrike(double strike) {
    return with(strike, carried);
  }

  /** The same with another number of contracts whose newest bar is older. */
  public ChainState withCarried(int count) {
    return with(atmStrike, count);
  }

  private ChainState with(double strike, int count) {
    return new ChainState(
        callOi,
        putOi,
        callVolumeDay,
        putVolumeDay,
        pcr,
        pcrVolume,
        maxPain,
        strike,
        straddle,
        atmIv,
        contracts,
        count);
  }

  private static double straddle(KnownChain known, int k) {
    return known.at(Side.CALL, GridField.PRICE, k) + known.at(Side.PUT, GridField.PRICE, k);
  }

  private static double sum(double[] values) {
    double sum = Double.NaN;
    for (double value : values) {
      if (!Double.isNaN(value)) {
        sum = Double.isNaN(sum) ? value : sum + value;
      }
    }
    return sum;
  }

  private static double[] values(KnownChain known, Side side, GridField field, int[] strikes) {
    return Arrays.stream(strikes).mapToDouble(k -> known.at(side, field, k)).toArray();
  }

  /** Linear in strike between the two known strikes around the forward. */
  private static double atmIv(KnownChain known, double forward) {
    if (Double.isNaN(forward)) {
      return Double.NaN;
    }
    int above = known.firstAtOrAbove(forward);
    while (above < known.strikes() && !known.isKnown(above)) {
      above++;
    }
    if (above < known.strikes() && known.strike(above) == forward) {
      return iv(known, above);
    }
    int below = Math.min(above, known.strikes()) - 1;
    while (below >= 0 && (!known.isKnown(below) || known.strike(below) > forward)) {
      below--;
    }
    if (below < 0 || above >= known.strikes()) {
      return Double.NaN;
    }
    double weight = (forward - known.strike(below)) / (known.strike(above) - known.strike(below));
    return iv(known, below) * (1 - weight) + iv(known, above) * weight;
  }

  private static double iv(KnownChain known, int k) {
    return LevelFold.both(
        Indicator.IV, known.at(Side.CALL, GridField.IV, k), known.at(Side.PUT, GridField.IV, k));
  }
}
