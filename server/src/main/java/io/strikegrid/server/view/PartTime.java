package io.strikegrid.server.view;

import io.strikegrid.engine.grid.AsOf;
import io.strikegrid.engine.market.Side;
import java.util.List;

/**
 * How old a part of what is known of a contract is: it is named in answers beside the part's
 * values, as the start of the one-minute bar that has them.
 *
 * @param text its name there
 * @param part which bar it is of
 */
public record PartTime(String text, AsOf.Part part) {

  /** All of them, in the order in which they are written. */
  public static final List<PartTime> ALL =
      List.of(
          new PartTime("price_time", AsOf.Part.PRICE),
          new PartTime("quote_time", AsOf.Part.QUOTE),
          new PartTime("iv_time", AsOf.Part.IV),
          new PartTime("oi_time", AsOf.Part.OI));

  /** The part's name on its own. */
  public String name() {
    return part.name().toLowerCase(java.util.Locale.ROOT);
  }

  /** Start of the bar, epoch seconds UTC; NaN where there is none. */
  public double of(AsOf known, Side side, int k) {
    int bucket = known.newestBar(side, part, k);
    return bucket < 0 ? Double.NaN : known.page().bucketStart(bucket);
  }
}
