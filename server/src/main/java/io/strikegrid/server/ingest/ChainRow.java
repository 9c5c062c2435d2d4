package io.strikegrid.server.ingest;

import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.market.Underlying;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.Map;

/**
 * A row of a file, read and in our units.
 *
 * @param underlying what the contracts are on
 * @param expiry date of expiry
 * @param strike in the underlying's currency
 * @param day trading day by the calendar of the underlying
 * @param time event time, epoch seconds UTC; of a day's row its date's midnight
 * @param collected when it was collected, epoch seconds UTC
 * @param line where it stands
 * @param fingerprint of every field but the times
 * @param sides values by side, indexed by {@code FieldName} ordinal; NaN is unknown
 */
record ChainRow(
    Underlying underlying,
    LocalDate expiry,
    double strike,
    LocalDate day,
    long time,
    long collected,
    int line,
    long fingerprint,
    Map<Side, double[]> sides) {

  ChainRow {
    sides = new EnumMap<>(sides);
  }
}
