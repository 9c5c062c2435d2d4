package io.strikegrid.server.stream;

import io.strikegrid.engine.grid.AsOf;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.time.Timeframe;
import io.strikegrid.server.platform.http.JsonWriter;
import io.strikegrid.server.view.AskedExpiry;
import io.strikegrid.server.view.PartTime;
import io.strikegrid.server.view.SideField;
import io.strikegrid.server.view.Sides;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a subscription asks for, in the one form that all who ask the same have in common.
 *
 * @param underlying what the options are on
 * @param timeframe of the buckets
 * @param expiries in the order of their texts
 * @param sides which of them
 * @param strikes which of them
 * @param measures in the order of {@link Measures#ALL}
 */
record StreamQuery(
    Underlying underlying,
    Timeframe timeframe,
    List<AskedExpiry> expiries,
    Sides sides,
    StrikeFilter strikes,
    List<SideField> measures) {

  private static final int SIDE_BITS = 32;

  StreamQuery {
    expiries = List.copyOf(expiries);
    measures = List.copyOf(measures);
  }

  /** The fields of the sides that are asked for, a bit each. */
  long mask() {
    long fields = Measures.mask(measures);
    long mask = 0;
    for (Side side : Side.values()) {
      if (sides.has(side)) {
        mask |= fields << bits(side);
      }
    }
    return mask;
  }

  /** The parts of what is known of a contract that the measures belong to. */
  List<PartTime> parts() {
    return PartTime.ALL.stream()
        .filter(one -> measures.stream().anyMatch(m -> AsOf.Part.of(m.field()) == one.part()))
        .toList();
  }

  /** Position of a side's fields in a mask. */
  static int bits(Side side) {
    return side == Side.CALL ? 0 : SIDE_BITS;
  }

  /** The one text of the query. */
  String canonical() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonWriter out = new JsonWriter(bytes)) {
      out.startObject();
      write(out);
      out.endObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** Writes it as a client may ask for it. */
  void write(JsonWriter out) throws IOException {
    out.text("symbol", underlying.symbol());
    out.text("timeframe", timeframe.label());
    out.startArray("expiry");
    for (AskedExpiry expiry : expiries) {
      out.text(expiry.text());
    }
    out.endArray();
    out.text("option_side", sides.text());
    strikes.write(out);
    out.startArray("measure");
    for (SideField measure : measures) {
      out.text(measure.name());
    }
    out.endArray();
  }
}
