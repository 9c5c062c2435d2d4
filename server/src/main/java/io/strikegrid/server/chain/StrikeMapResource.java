package io.strikegrid.server.chain;

import io.javalin.http.Context;
import io.strikegrid.engine.grid.GridPage;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.measure.Indicator;
import io.strikegrid.engine.measure.StrikeSeries;
import io.strikegrid.engine.measure.StrikeWindow;
import io.strikegrid.engine.time.Timeframe;
import io.strikegrid.server.platform.http.Answers;
import io.strikegrid.server.platform.http.Parameter;
import io.strikegrid.server.platform.http.Parameters;
import io.strikegrid.server.platform.http.Problem;
import io.strikegrid.server.platform.http.ProblemCode;
import io.strikegrid.server.view.AskedExpiry;
import io.strikegrid.server.view.Sides;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** One measure by strike and time: {@code /fo/strike-map}. */
final class StrikeMapResource {

  private static final int MOST_VALUES = 2_000_000;
  private static final Parameter<Indicator> INDICATOR =
      Parameter.oneOf(
          "indicator",
          Arrays.stream(Indicator.values()).filter(Indicator::hasSides).toList(),
          Indicator::text);
  private static final Parameter<OiChange.Kind> OI_CHANGE =
      Parameter.oneOf(
          "oi_change",
          List.of(OiChange.Kind.PREVIOUS_CLOSE, OiChange.Kind.SESSION_OPEN),
          OiChange.Kind::text);

  private final ChainSource source;

  StrikeMapResource(ChainSource source) {
    this.source = source;
  }

  void answer(Context context) throws IOException {
    Parameters parameters =
        Parameters.of(
            context,
            ChainParameters.SYMBOL,
            ChainParameters.EXPIRY,
            ChainParameters.TIMEFRAME,
            INDICATOR,
            ChainParameters.OPTION_SIDE,
            OI_CHANGE,
            ChainParameters.FROM,
            ChainParameters.TO,
            ChainParameters.MAX_LEVEL);
    String symbol = parameters.require(ChainParameters.SYMBOL);
    Indicator indicator = parameters.require(INDICATOR);
    AskedExpiry expiry = parameters.get(ChainParameters.EXPIRY, AskedExpiry.NEAREST);
    Timeframe timeframe = parameters.get(ChainParameters.TIMEFRAME, Timeframe.MIN5);
    Sides sides = parameters.get(ChainParameters.OPTION_SIDE, Sides.BOTH);
    OiChange.Kind kind = kind(parameters, indicator);
    Optional<Integer> maxLevel = parameters.find(ChainParameters.MAX_LEVEL);
    Underlying underlying = source.withData(symbol);
    TimeRange.Asked asked = TimeRange.Asked.of(parameters);
    ChainRange range = ChainRange.of(source, underlying, timeframe, List.of(expiry), asked);
    double[] strikes = strikes(range, maxLevel);
    checkSize(strikes.length, range.length(), asked);
    List<StrikeMapView.Part> parts = parts(range, indicator, sides, kind);
    Answers.send(context, new StrikeMapView(range, indicator, sides, kind, parts, strikes));
  }

  private static OiChange.Kind kind(Parameters parameters, Indicator indicator) {
    Optional<OiChange.Kind> kind = parameters.find(OI_CHANGE);
    if (kind.isPresent() && indicator != Indicator.OI_CHANGE) {
      throw new Problem(
          ProblemCode.BAD_VALUE,
          "oi_change goes with indicator=oi_change only; have indicator=" + indicator.text(),
          "oi_change",
          parameters.sent(OI_CHANGE),
          "oi_change together with indicator=oi_change");
    }
    return kind.orElse(OiChange.Kind.PREVIOUS_CLOSE);
  }

  private static double[] strikes(ChainRange range, Optional<Integer> maxLevel) {
    TreeSet<Double> strikes = new TreeSet<>();
    for (ChainRange.Day day : range.days()) {
      ChainSource.Bars bars = day.of(0);
      if (bars != null) {
        GridPage page = bars.page();
        int end = day.end(page);
        boolean[] isShown =
            maxLevel.isPresent()
                ? StrikeWindow.near(page, bars.gap().size(), maxLevel.get(), day.first(), end)
                : StrikeWindow.seen(page, end);
        for (int k = 0; k < isShown.length; k++) {
          if (isShown[k]) {
            strikes.add(page.strike(k));
          }
        }
      }
    }
    return strikes.stream().mapToDouble(Double::doubleValue).toArray();
  }

  static void checkSize(int strikes, int buckets, TimeRange.Asked asked) {
    if ((long) strikes * buckets > MOST_VALUES) {
      throw asked.tooLong(
          "strikes times buckets may be " + MOST_VALUES + "; have " + strikes + " times " + buckets,
          "a shorter range, a longer timeframe, or fewer strikes by max_level");
    }
  }

  private List<StrikeMapView.Part> parts(
      ChainRange range, Indicator indicator, Sides sides, OiChange.Kind kind) {
    List<StrikeMapView.Part> parts = new ArrayList<>();
    for (ChainRange.Day day : range.days()) {
      ChainSource.Bars bars = day.of(0);
      if (bars == null) {
        continue;
      }
      GridPage page = bars.page();
      if (indicator == Indicator.OI_CHANGE) {
        OiChange reference =
            kind == OiChange.Kind.SESSION_OPEN
                ? OiChange.sessionOpen(page, page.buckets() - 1)
                : OiChange.previousClose(source, range.underlying(), page, range.meta());
        StrikeSeries change =
            StrikeSeries.oiChange(
                page, sides.one().orElse(null), reference.calls(), reference.puts());
        parts.add(new StrikeMapView.Part(day, page, change, Optional.of(reference)));
      } else {
        StrikeSeries series = StrikeSeries.of(page, indicator, sides.one().orElse(null));
        parts.add(new StrikeMapView.Part(day, page, series, Optional.empty()));
      }
    }
    return parts;
  }
}
