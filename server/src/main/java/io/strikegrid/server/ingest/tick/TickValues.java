package io.strikegrid.server.ingest.tick;

import io.strikegrid.engine.bar.ObservationField;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.server.ingest.Numbers;
import io.strikegrid.server.ingest.RefusedRow;
import io.strikegrid.server.ingest.profile.FieldName;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalInt;

/** Reads the values of a contract's tick, in our units. */
final class TickValues {

  private static final double PERCENT = 0.01;

  private final GivenFields given;
  private final double[] values = new double[ObservationField.values().length];
  private final String[] sources = new String[values.length];

  private TickValues(GivenFields given) {
    this.given = given;
    Arrays.fill(values, Double.NaN);
  }

  /** One value for each {@link ObservationField}, NaN where it is not known. */
  static double[] read(GivenFields given, Underlying underlying, LocalDate expiry, LocalDate day)
      throws RefusedRow {
    double lot = lot(given, underlying, expiry, day);
    TickValues read = new TickValues(given);
    for (TickField field : TickField.values()) {
      if (field.value() != null && field != TickField.VOLUME) {
        read.add(field, field.value(), lot, underlying.wholeUnits());
      }
    }
    boolean hasDay = given.has(TickField.VOLUME_DAY);
    FieldName volume = hasDay ? FieldName.VOLUME : FieldName.VOLUME_DAY;
    read.add(TickField.VOLUME, volume, lot, underlying.wholeUnits());
    return read.withoutWhatIsNone();
  }

  private void add(TickField field, FieldName as, double lot, boolean isWhole) throws RefusedRow {
    String text = given.text(field);
    if (text == null) {
      return;
    }
    String name = given.name(field);
    int at = Objects.requireNonNull(as.observed()).ordinal();
    if (!Double.isNaN(values[at])) {
      throw GivenFields.repeated(name, sources[at], text);
    }
    double value = Numbers.value(as, name, text);
    if (as == FieldName.UNDERLYING && value > Numbers.LARGEST_PRICE) {
      throw new RefusedRow("bad_number", name, text, "at most 1e9");
    }
    values[at] = inUnits(as, field == TickField.IV_PERCENT ? value * PERCENT : value, lot, isWhole);
    sources[at] = name;
  }

  private static double inUnits(FieldName as, double value, double lot, boolean isWhole) {
    if (!as.isAmount()) {
      return value;
    }
    return isWhole ? Math.rint(value * lot) : value * lot;
  }

  /** A feed sends 0 for an underlying or an IV that it has not; its Greeks are then none either. */
  private double[] withoutWhatIsNone() {
    clearZero(ObservationField.UNDERLYING);
    if (values[ObservationField.IV.ordinal()] == 0) {
      clearZero(ObservationField.IV);
      for (FieldName name : FieldName.values()) {
        if (name.isGreek()) {
          values[Objects.requireNonNull(name.observed()).ordinal()] = Double.NaN;
        }
      }
    }
    return values;
  }

  private void clearZero(ObservationField field) {
    if (values[field.ordinal()] == 0) {
      values[field.ordinal()] = Double.NaN;
    }
  }

  /** What amounts are multiplied by. */
  private static double lot(
      GivenFields given, Underlying underlying, LocalDate expiry, LocalDate day) throws RefusedRow {
    String text = given.text(TickField.UNIT);
    if (text == null || text.equalsIgnoreCase("units")) {
      return 1;
    }
    if (!text.toLowerCase(Locale.ROOT).equals("lots")) {
      throw new RefusedRow("bad_unit", given.name(TickField.UNIT), text, "units or lots");
    }
    OptionalInt lot = underlying.lot(expiry, day);
    if (lot.isEmpty()) {
      throw new RefusedRow(
          "no_lot_size",
          given.name(TickField.UNIT),
          text,
          "units, since the lot size of "
              + underlying.symbol()
              + " expiring "
              + expiry
              + " on "
              + day
              + " is not known");
    }
    return lot.getAsInt();
  }
}
