package io.strikegrid.server.status;

import io.strikegrid.server.platform.http.JsonBody;
import io.strikegrid.server.platform.http.JsonWriter;
import java.io.IOException;
import java.util.List;

/**
 * Whether a server that can serve has what it needs to be current.
 *
 * @param reasons why it may not be; empty where nothing is wrong
 */
record ReadyView(List<String> reasons) implements JsonBody {

  @Override
  public void writeJson(JsonWriter out) throws IOException {
    out.startObject();
    out.text("status", reasons.isEmpty() ? "ready" : "degraded");
    if (!reasons.isEmpty()) {
      out.startArray("reasons");
      for (String reason : reasons) {
        out.text(reason);
      }
      out.endArray();
    }
    out.endObject();
  }
}
