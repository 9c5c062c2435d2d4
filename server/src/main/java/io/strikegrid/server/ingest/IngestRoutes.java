package io.strikegrid.server.ingest;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.server.ingest.profile.Profiles;
import io.strikegrid.server.platform.http.Answer;
import io.strikegrid.server.platform.http.Answers;
import io.strikegrid.server.platform.http.CsvTable;
import io.strikegrid.server.platform.http.JsonWriter;
import io.strikegrid.server.platform.http.Parameters;
import io.strikegrid.server.platform.http.Problem;
import io.strikegrid.server.platform.http.ProblemCode;
import io.strikegrid.server.platform.http.RequestBody;
import io.strikegrid.server.platform.http.Role;
import io.strikegrid.server.platform.http.Routes;
import io.strikegrid.server.platform.market.MarketCatalog;
import io.strikegrid.server.rollup.DayCommit;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Batches of bars over HTTP: {@code POST /ingest/bars}, answered when they are durable. */
public final class IngestRoutes implements Routes {

  private static final int MOST_BARS = 50_000;
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final BarsReader reader;
  private final DayCommit commit;
  private final RequestBody bodies;

  /**
   * Takes bars of the symbols that the catalog knows.
   *
   * @param bodies bounds the bodies in memory, with those of other routes
   */
  public IngestRoutes(
      MarketCatalog markets,
      Profiles profiles,
      DayCommit commit,
      RequestBody bodies,
      InstantSource clock) {
    this.bodies = bodies;
    this.reader = new BarsReader(markets, clock, profiles.named("strikegrid"));
    this.commit = commit;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.post("/ingest/bars", this::bars, Role.WRITE);
  }

  private void bars(Context context) throws IOException {
    Parameters.of(context);
    bodies.json(context, body -> take(context, body));
  }

  private void take(Context context, byte[] body) throws IOException {
    BarsIntake intake = new BarsIntake();
    Provenance provenance;
    try (JsonParser parser = MAPPER.createParser(body)) {
      provenance = read(parser, intake);
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      String where = at == null ? "" : " at line " + at.getLineNr();
      throw bad("body", "not JSON, or beyond its bounds," + where, "a JSON object");
    }
    intake.commit(commit, provenance);
    Answers.sendFresh(context, new Outcome(intake));
  }

  private Provenance read(JsonParser parser, BarsIntake intake) throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw bad("body", String.valueOf(parser.currentToken()), "an object with bars");
    }
    Provenance provenance = Provenance.LIVE;
    boolean hasBars = false;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      if (parser.currentToken() == null) {
        throw new JsonParseException(parser, "the object does not end");
      }
      String member = parser.currentName();
      parser.nextToken();
      switch (member) {
        case "provenance" -> provenance = provenance(parser.getText());
        case "bars" -> {
          readBars(parser, intake);
          hasBars = true;
        }
        default -> throw bad(member, "a member", "provenance or bars");
      }
    }
    if (!hasBars) {
      throw bad("bars", "none", "1 to " + MOST_BARS + " bars");
    }
    if (parser.nextToken() != null) {
      throw bad("body", "more after its end", "one JSON object");
    }
    return provenance;
  }

  private void readBars(JsonParser parser, BarsIntake intake) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw bad("bars", String.valueOf(parser.currentToken()), "an array");
    }
    int index = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (index == MOST_BARS) {
        throw bad("bars", "more than " + MOST_BARS, "1 to " + MOST_BARS + " bars");
      }
      JsonNode bar = MAPPER.readTree(parser);
      try {
        intake.add(reader.read(index, bar));
      } catch (RefusedRow e) {
        intake.reject(index, e.refusal());
      }
      index++;
    }
    if (index == 0) {
      throw bad("bars", "none", "1 to " + MOST_BARS + " bars");
    }
  }

  private static Provenance provenance(String text) {
    return Provenance.ofLabel(text)
        .orElseThrow(() -> bad("provenance", text, "live, imported, backfilled or simulated"));
  }

  private static Problem bad(String field, String value, String allowed) {
    return new Problem(
        ProblemCode.BAD_VALUE,
        field + " must be " + allowed + "; have " + Problem.shown(value),
        field,
        value,
        allowed);
  }

  /** What came of a request. */
  private record Outcome(BarsIntake intake) implements Answer {

    @Override
    public Optional<String> version() {
      return Optional.empty();
    }

    @Override
    public void writeJson(JsonWriter out) throws IOException {
      out.startObject();
      out.whole("received", intake.received());
      out.whole("accepted", intake.received() - intake.rejected().size());
      out.whole("written", intake.written());
      out.whole("unchanged", intake.unchanged());
      out.startArray("rejected");
      for (BarsIntake.Rejected rejected : intake.rejected()) {
        rejected.refusal().writeJson(out, rejected.index());
      }
      out.endArray();
      out.endObject();
    }

    @Override
    public List<String> columns() {
      return List.of();
    }

    @Override
    public void writeRows(CsvTable out) {
      throw new UnsupportedOperationException("an outcome is no table");
    }
  }
}
