package io.strikegrid.server.stream;

import io.strikegrid.server.platform.http.JsonBody;
import io.strikegrid.server.platform.http.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A message to clients, encoded once for all who get it.
 *
 * @param type the member of that name
 * @param json UTF-8; never changed
 * @param eventId epoch and number, where it has a number
 * @param sequence its number in its topic, or 0 where it has none
 * @param knownAt when what it tells became known, by {@link System#nanoTime}; empty where that is
 *     not to be timed
 */
@SuppressWarnings("ArrayRecordComponent") // never changed, nor compared
record StreamMessage(
    String type, byte[] json, @Nullable String eventId, long sequence, OptionalLong knownAt) {

  /** A message without a number. */
  static StreamMessage of(String type, JsonBody members) {
    return new StreamMessage(type, encode(type, members), null, 0, OptionalLong.empty());
  }

  /** A message with a number in its topic's sequence. */
  static StreamMessage numbered(
      String type, String epoch, long sequence, OptionalLong knownAt, JsonBody members) {
    return new StreamMessage(
        type, encode(type, members), epoch + ":" + sequence, sequence, knownAt);
  }

  private static byte[] encode(String type, JsonBody members) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    try (JsonWriter out = new JsonWriter(bytes)) {
      out.startObject();
      out.text("type", type);
      members.writeJson(out);
      out.endObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Bytes on the wire, about. */
  int size() {
    return json.length;
  }
}
