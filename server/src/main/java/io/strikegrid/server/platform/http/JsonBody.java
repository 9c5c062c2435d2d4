package io.strikegrid.server.platform.http;

import java.io.IOException;

/** Something that writes itself as one JSON value. */
@FunctionalInterface
public interface JsonBody {

  /** Writes it. */
  void writeJson(JsonWriter out) throws IOException;
}
