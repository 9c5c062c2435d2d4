package io.strikegrid.server.chain;

import io.strikegrid.engine.time.Timeframe;
import io.strikegrid.server.platform.http.Parameter;
import io.strikegrid.server.platform.http.Parameters;
import io.strikegrid.server.view.AskedExpiry;
import io.strikegrid.server.view.Sides;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;

/** Parameters that several questions take. */
final class ChainParameters {

  static final int MOST_EXPIRIES = 20;
  static final double HIGHEST_STRIKE = 1e9;

  static final Parameter<String> SYMBOL = Parameter.name("symbol", 64);
  static final Parameter<Timeframe> TIMEFRAME =
      Parameter.oneOf("timeframe", Arrays.asList(Timeframe.values()), Timeframe::label);
  static final Parameter<Sides> OPTION_SIDE =
      Parameter.oneOf("option_side", Arrays.asList(Sides.values()), Sides::text);
  static final Parameter<AskedExpiry> EXPIRY = AskedExpiry.parameter("expiry");
  static final Parameter<AskedExpiry> EXPIRIES = EXPIRY.repeatable(MOST_EXPIRIES);
  static final Parameter<Double> STRIKE = Parameter.positive("strike", HIGHEST_STRIKE);
  static final Parameter<Long> FROM = Parameter.time("from");
  static final Parameter<Long> TO = Parameter.time("to");

  /** Of a chain, whose strikes are all answered without it. */
  static final Parameter<Integer> MAX_LEVEL = Parameter.whole("max_level", 0, 500);

  static final Parameter<LocalDate> AT_DATE = Parameter.date("at");

  private ChainParameters() {}

  /** The expiries asked for, the nearest where none is. */
  static List<AskedExpiry> expiries(Parameters parameters) {
    List<AskedExpiry> asked = parameters.all(EXPIRIES);
    return asked.isEmpty() ? List.of(AskedExpiry.NEAREST) : asked;
  }
}
