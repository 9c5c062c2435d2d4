package io.strikegrid.server.ingest;

import de.siegmar.fastcsv.reader.CsvRecord;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.server.ingest.profile.FieldName;
import io.strikegrid.server.ingest.profile.Profile;
import io.strikegrid.server.ingest.profile.Unit;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** Reads one field of a contract, in our units. */
final class FieldReader {

  private final Profile.Field field;
  private final int call;
  private final int put;
  private final List<String> header;
  private final Set<String> unknownTexts = new HashSet<>();
  private final Set<Double> unknownNumbers = new HashSet<>();

  FieldReader(Profile profile, Profile.Field field, int call, int put, List<String> header) {
    this.field = field;
    this.call = call;
    this.put = put;
    this.header = List.copyOf(header);
    unknownTexts.addAll(profile.unknown());
    for (String text : field.unknown()) {
      unknownTexts.add(text);
      if (text.matches("-?[0-9]+(\\.[0-9]*)?")) {
        unknownNumbers.add(Double.parseDouble(text));
      }
    }
  }

  FieldName name() {
    return field.name();
  }

  boolean isFloor(double value) {
    return value <= field.floor() * field.unit().factor();
  }

  /**
   * The value of a side; NaN where it is unknown.
   *
   * @param before values of the fields read before, of the same row
   */
  double read(
      CsvRecord row,
      Side side,
      Underlying underlying,
      LocalDate expiry,
      LocalDate day,
      double[] before,
      Profile.Kind kind)
      throws RefusedRow {
    int column = side == Side.CALL ? call : put;
    if (column < 0) {
      return Double.NaN;
    }
    String text = row.getField(column).strip();
    if (unknownTexts.contains(text)) {
      return Double.NaN;
    }
    String name = header.get(column);
    double value = Numbers.read(name, text);
    if (unknownNumbers.contains(value)) {
      return Double.NaN;
    }
    if (value < 0 && !field.name().isSigned()) {
      throw new RefusedRow("negative_value", name, text, "0 or more");
    }
    return inUnits(value, underlying, expiry, day, before, kind);
  }

  private double inUnits(
      double value,
      Underlying underlying,
      LocalDate expiry,
      LocalDate day,
      double[] before,
      Profile.Kind kind)
      throws RefusedRow {
    double units = value * field.unit().factor();
    if (field.unit() == Unit.LOTS) {
      OptionalInt lot = underlying.lot(expiry, day);
      double given = before[FieldName.LOT_SIZE.ordinal()];
      if (lot.isEmpty() && Double.isNaN(given)) {
        if (kind == Profile.Kind.DAY) {
          return Double.NaN;
        }
        throw new RefusedRow(
            "no_lot_size",
            "lot size of " + underlying.symbol() + " expiring " + expiry + " on " + day,
            "none",
            "known from instrument data, since the file counts in lots");
      }
      units = value * (Double.isNaN(given) ? lot.orElseThrow() : given);
    }
    return field.name().isAmount() && underlying.wholeUnits() ? Math.rint(units) : units;
  }
}
