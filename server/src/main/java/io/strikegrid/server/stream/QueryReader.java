package io.strikegrid.server.stream;

import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.time.Session;
import io.strikegrid.engine.time.Timeframe;
import io.strikegrid.server.platform.http.Parameter;
import io.strikegrid.server.platform.http.Parameters;
import io.strikegrid.server.platform.http.Problem;
import io.strikegrid.server.platform.http.ProblemCode;
import io.strikegrid.server.view.AskedExpiry;
import io.strikegrid.server.view.ListedExpiries;
import io.strikegrid.server.view.SideField;
import io.strikegrid.server.view.Sides;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/**
 * Reads what a subscription asks for. The members of a message and the parameters of a URL are the
 * same ones, with the same bounds.
 */
final class QueryReader {

  private static final int MOST_EXPIRIES = 20;
  private static final int MOST_STRIKES = 200;
  private static final int FURTHEST_LEVEL = 500;
  private static final double HIGHEST_STRIKE = 1e9;

  static final Parameter<String> SYMBOL = Parameter.name("symbol", 64);
  private static final Parameter<AskedExpiry> EXPIRY =
      AskedExpiry.parameter("expiry").repeatable(MOST_EXPIRIES);
  private static final Parameter<Timeframe> TIMEFRAME =
      Parameter.oneOf("timeframe", Arrays.asList(Timeframe.values()), Timeframe::label);
  private static final Parameter<Sides> SIDE =
      Parameter.oneOf("option_side", Arrays.asList(Sides.values()), Sides::text);
  private static final Parameter<Double> STRIKE =
      Parameter.positive("strike", HIGHEST_STRIKE).repeatable(MOST_STRIKES);
  private static final Parameter<Integer> LEVEL =
      Parameter.whole("level", -FURTHEST_LEVEL, FURTHEST_LEVEL).repeatable(MOST_STRIKES);
  private static final Parameter<Integer> MAX_LEVEL =
      Parameter.whole("max_level", 0, FURTHEST_LEVEL);
  private static final Parameter<SideField> MEASURE =
      Parameter.oneOf("measure", Measures.ALL, SideField::name).repeatable(Measures.ALL.size());

  /** Every parameter that says what is asked for. */
  static final List<Parameter<?>> PARAMETERS =
      List.of(SYMBOL, EXPIRY, TIMEFRAME, SIDE, STRIKE, LEVEL, MAX_LEVEL, MEASURE);

  private final StreamSource source;

  QueryReader(StreamSource source) {
    this.source = source;
  }

  /**
   * Reads what is asked for, and whether there is such a thing now.
   *
   * @throws Problem naming what is at fault
   */
  StreamQuery read(Parameters parameters) {
    String symbol = parameters.require(SYMBOL);
    List<AskedExpiry> expiries = parameters.all(EXPIRY);
    Timeframe timeframe = parameters.get(TIMEFRAME, Timeframe.MIN1);
    Sides sides = parameters.get(SIDE, Sides.BOTH);
    StrikeFilter strikes = strikes(parameters);
    List<SideField> measures = parameters.all(MEASURE);
    Underlying underlying = source.withData(symbol);
    Session session = source.session(underlying, symbol);
    ListedExpiries listed = source.listed(underlying, session);
    expiries.forEach(expiry -> expiry.require(listed));
    return new StreamQuery(
        underlying,
        timeframe,
        expiries.isEmpty()
            ? List.of(AskedExpiry.NEAREST)
            : expiries.stream().sorted(Comparator.comparing(AskedExpiry::text)).toList(),
        sides,
        strikes,
        measures.isEmpty()
            ? Measures.usual()
            : Measures.ALL.stream().filter(measures::contains).toList());
  }

  private static StrikeFilter strikes(Parameters parameters) {
    List<Parameter<?>> given =
        List.<Parameter<?>>of(STRIKE, LEVEL, MAX_LEVEL).stream()
            .filter(parameter -> parameters.sent(parameter) != null)
            .toList();
    if (given.size() > 1) {
      Parameter<?> second = given.get(1);
      throw new Problem(
          ProblemCode.NOT_TOGETHER,
          second.name() + " goes without " + given.getFirst().name(),
          second.name(),
          parameters.sent(second),
          "one of strike, level and max_level");
    }
    if (parameters.sent(STRIKE) != null) {
      return new StrikeFilter.Named(List.copyOf(new TreeSet<>(parameters.all(STRIKE))));
    }
    if (parameters.sent(LEVEL) != null) {
      return new StrikeFilter.Levels(
          Collections.unmodifiableSortedSet(new TreeSet<>(parameters.all(LEVEL))));
    }
    return parameters
        .find(MAX_LEVEL)
        .<StrikeFilter>map(StrikeFilter.Nearest::new)
        .orElseGet(StrikeFilter.All::new);
  }
}
