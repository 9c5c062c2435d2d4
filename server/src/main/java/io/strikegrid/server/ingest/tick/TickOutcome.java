package io.strikegrid.server.ingest.tick;

import io.strikegrid.server.platform.http.JsonBody;
import io.strikegrid.server.platform.http.JsonWriter;
import java.io.IOException;
import java.util.Map;

/** What came of a request. */
record TickOutcome(TickBatch batch) implements JsonBody {

  @Override
  public void writeJson(JsonWriter out) throws IOException {
    out.startObject();
    out.whole("received", batch.received());
    out.whole("accepted", batch.ticks().size());
    out.whole("rejected_count", batch.rejectedCount());
    out.startArray("rejected");
    for (TickBatch.Rejected rejected : batch.rejected()) {
      rejected.refusal().writeJson(out, rejected.index());
    }
    out.endArray();
    out.startArray("ignored");
    for (Map.Entry<String, Integer> field : batch.ignored().counts().entrySet()) {
      out.startObject();
      out.text("field", field.getKey());
      out.whole("count", field.getValue());
      out.endObject();
    }
    out.endArray();
    out.endObject();
  }
}
