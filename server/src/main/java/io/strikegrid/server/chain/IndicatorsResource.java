package io.strikegrid.server.chain;

import io.javalin.http.Context;
import io.strikegrid.engine.measure.Indicator;
import io.strikegrid.server.platform.http.Answer;
import io.strikegrid.server.platform.http.Answers;
import io.strikegrid.server.platform.http.JsonWriter;
import io.strikegrid.server.platform.http.Parameters;
import java.io.IOException;

/** The measures there are: {@code /fo/indicators}. */
final class IndicatorsResource implements Answer {

  void answer(Context context) throws IOException {
    Parameters.of(context);
    Answers.send(context, this);
  }

  @Override
  public void writeJson(JsonWriter out) throws IOException {
    out.startObject();
    out.startArray("indicators");
    for (Indicator indicator : Indicator.values()) {
      out.startObject();
      out.text("name", indicator.text());
      out.text("label", indicator.label());
      out.text("unit", indicator.unit());
      out.startArray("orientation");
      if (indicator.isSeries()) {
        out.text("horizontal");
      }
      out.text("vertical");
      out.endArray();
      out.startArray("sides");
      if (indicator.hasSides()) {
        out.text("call");
        out.text("put");
      }
      out.text("both");
      out.endArray();
      out.endObject();
    }
    out.endArray();
    out.endObject();
  }
}
