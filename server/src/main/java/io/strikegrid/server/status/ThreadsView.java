package io.strikegrid.server.status;

import io.strikegrid.server.platform.http.JsonWriter;
import io.strikegrid.server.platform.watch.ThreadLook;
import java.io.IOException;
import java.util.List;

/** The threads that must live, at one moment. */
record ThreadsView(List<ThreadLook> threads) {

  private static final double MILLISECONDS = 1000;

  void write(JsonWriter out) throws IOException {
    out.startArray("threads");
    for (ThreadLook thread : threads) {
      out.startObject();
      out.text("name", thread.name());
      out.text("state", thread.state().label());
      out.text("trouble", thread.reason().orElse(null));
      out.number("silent_seconds", thread.silentFor().toMillis() / MILLISECONDS);
      out.whole("restarts", thread.restarts());
      out.endObject();
    }
    out.endArray();
  }
}
