package io.strikegrid.server.ingest.replay;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.strikegrid.server.ingest.profile.Profile;
import io.strikegrid.server.live.Tick;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** A server over HTTP: ticks to {@code /ingest/ticks}, ready-made bars to {@code /ingest/bars}. */
final class HttpTarget implements ReplayTarget {

  private static final int MOST = 10_000;
  private static final JsonFactory JSON = new JsonFactory();

  private final HttpSender sender;
  private final Optional<BarFields> bars;
  private final ReplayReport report;

  /**
   * A target.
   *
   * @param server its address, up to the path
   * @param ours the profile that names the columns of bars; empty where ticks are sent
   */
  HttpTarget(URI server, Optional<String> token, Optional<Profile> ours, ReplayReport report) {
    String base = server.toString().replaceFirst("/+$", "");
    String path = ours.isPresent() ? "/ingest/bars" : "/ingest/ticks";
    this.sender = new HttpSender(URI.create(base + path), ours.isEmpty(), token, report);
    this.bars = ours.map(BarFields::new);
    this.report = report;
  }

  @Override
  public int most() {
    return MOST;
  }

  @Override
  public void send(List<Tick> ticks) throws ReplayException, InterruptedException {
    ByteArrayOutputStream body = new ByteArrayOutputStream(1 << 16);
    int count;
    try (JsonGenerator json = JSON.createGenerator(body)) {
      count = bars.isPresent() ? writeBars(json, bars.get(), ticks) : writeTicks(json, ticks);
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory were written", e);
    }
    JsonNode answer = sender.post(body.toByteArray());
    report.sent(count);
    JsonNode rejected = answer.path("rejected");
    report.refused(answer.path("rejected_count").asLong(rejected.size()));
    for (JsonNode one : rejected) {
      report.refused(one.path("code").asText(), one.path("message").asText());
    }
  }

  private static int writeTicks(JsonGenerator json, List<Tick> ticks) throws IOException {
    json.writeStartArray();
    for (Tick tick : ticks) {
      TickFields.write(json, tick);
    }
    json.writeEndArray();
    return ticks.size();
  }

  private static int writeBars(JsonGenerator json, BarFields fields, List<Tick> sides)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("provenance", "live");
    json.writeArrayFieldStart("bars");
    int count = fields.write(json, sides);
    json.writeEndArray();
    json.writeEndObject();
    return count;
  }

  @Override
  public void close() {
    sender.close();
  }
}
