package io.strikegrid.server.platform.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.IOException;
import java.io.OutputStream;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON as it goes, without a tree in between. An unknown number is NaN here and {@code null}
 * there; a whole one is written without a fraction.
 *
 * <p>Closing an object that was broken off leaves it broken off, so that half an answer is never
 * taken for a whole one. For one thread.
 */
public final class JsonWriter implements AutoCloseable {

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
          .build();
  private static final double LARGEST_WHOLE = 1e15;

  private final JsonGenerator json;

  /** Writes in UTF-8 to a stream, which it closes. */
  public JsonWriter(OutputStream to) throws IOException {
    this.json = FACTORY.createGenerator(to);
  }

  public void startObject() throws IOException {
    json.writeStartObject();
  }

  public void startObject(String name) throws IOException {
    json.writeObjectFieldStart(name);
  }

  public void endObject() throws IOException {
    json.writeEndObject();
  }

  public void startArray() throws IOException {
    json.writeStartArray();
  }

  public void startArray(String name) throws IOException {
    json.writeArrayFieldStart(name);
  }

  public void endArray() throws IOException {
    json.writeEndArray();
  }

  /** A text, or null. */
  public void text(String name, @Nullable String value) throws IOException {
    json.writeStringField(name, value);
  }

  public void flag(String name, boolean value) throws IOException {
    json.writeBooleanField(name, value);
  }

  public void whole(String name, long value) throws IOException {
    json.writeNumberField(name, value);
  }

  /** A number, or null where it is NaN. */
  public void number(String name, double value) throws IOException {
    json.writeFieldName(name);
    number(value);
  }

  /** A number, or null where there is none. */
  public void number(String name, OptionalDouble value) throws IOException {
    number(name, value.orElse(Double.NaN));
  }

  /** A number kept as a float, or null where it is NaN. */
  public void single(String name, double value) throws IOException {
    json.writeFieldName(name);
    single(value);
  }

  public void nothing(String name) throws IOException {
    json.writeNullField(name);
  }

  /** An element of an array. */
  public void text(String value) throws IOException {
    json.writeString(value);
  }

  /** An element of an array. */
  public void whole(long value) throws IOException {
    json.writeNumber(value);
  }

  /** An element of an array. */
  public void nothing() throws IOException {
    json.writeNull();
  }

  /** An element of an array: a number, or null where it is NaN. */
  public void number(double value) throws IOException {
    if (Double.isNaN(value)) {
      json.writeNull();
    } else if (value == Math.rint(value) && Math.abs(value) < LARGEST_WHOLE) {
      json.writeNumber((long) value);
    } else {
      json.writeNumber(value);
    }
  }

  /** An element of an array: the shortest number that is the same float, or null where NaN. */
  public void single(double value) throws IOException {
    if (Double.isNaN(value)) {
      json.writeNull();
    } else if (value == 0) {
      json.writeNumber(0);
    } else {
      json.writeNumber((float) value);
    }
  }

  @Override
  public void close() throws IOException {
    json.close();
  }
}
