package io.strikegrid.server.ingest.redis;

import io.lettuce.core.StreamMessage;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An entry of a stream.
 *
 * @param id as Redis gave it
 * @param fields as they came; empty where the entry was trimmed from the stream
 */
record RawEntry(String id, Map<String, String> fields) {

  RawEntry {
    fields = new LinkedHashMap<>(fields);
  }

  static RawEntry of(StreamMessage<String, String> message) {
    Map<String, String> body = message.getBody();
    return new RawEntry(message.getId(), body == null ? Map.of() : body);
  }
}
