package io.strikegrid.server.status;

import io.strikegrid.server.platform.http.JsonBody;
import io.strikegrid.server.platform.http.JsonWriter;
import java.io.IOException;

/** A state that is one word. */
record WordView(String status) implements JsonBody {

  @Override
  public void writeJson(JsonWriter out) throws IOException {
    out.startObject();
    out.text("status", status);
    out.endObject();
  }
}
