package io.strikegrid.server.ingest;

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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Batches of bars over HTTP: {@code POST /ingest/bars}, answered when they are durable. */
public final class IngestRoutes implements Routes {

  private static final int MOST_BARS = 50_000;

  private final BarsReader reader;
  private final DayCommit commit;
  private final KnownStrikes strikes;
  private final RequestBody bodies;

  /**
   * Takes bars of the symbols that the catalog knows.
   *
   * @param strikes says which an expiry has that is full
   * @param bodies bounds the bodies in memory, with those of other routes
   */
  public IngestRoutes(
      MarketCatalog markets,
      Profiles profiles,
      DayCommit commit,
      KnownStrikes strikes,
      RequestBody bodies,
      InstantSource clock) {
    this.bodies = bodies;
    this.reader = new BarsReader(markets, clock, profiles.named("strikegrid"));
    this.commit = commit;
    this.strikes = strikes;
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
    BarsIntake intake = new BarsIntake(strikes);
    JsonCut cut = new JsonCut(body);
    Provenance provenance;
    try {
      provenance = read(cut, body, intake);
    } catch (BadJson e) {
      throw bad("body", e.has() + ", up to line " + cut.line(), "a JSON object within its bounds");
    }
    intake.commit(commit, provenance);
    Answers.sendFresh(context, new Outcome(intake));
  }

  private Provenance read(JsonCut cut, byte[] body, BarsIntake intake) throws BadJson {
    if (!cut.takes('{')) {
      throw bad("body", "something else", "an object with bars");
    }
    Provenance provenance = Provenance.LIVE;
    Set<String> members = new HashSet<>();
    while (!cut.takes('}')) {
      if (!members.isEmpty()) {
        cut.take(',');
      }
      String member = cut.name();
      cut.take(':');
      if (!members.add(member)) {
        throw bad(member, "it twice", "there once");
      }
      switch (member) {
        case "provenance" -> provenance = provenance(cut.name());
        case "bars" -> readBars(cut, body, intake);
        default -> throw bad(member, "a member", "provenance or bars");
      }
    }
    if (!members.contains("bars")) {
      throw bad("bars", "none", "1 to " + MOST_BARS + " bars");
    }
    if (cut.peek() >= 0) {
      throw bad("body", "more after its end", "one JSON object");
    }
    return provenance;
  }

  private void readBars(JsonCut cut, byte[] body, BarsIntake intake) throws BadJson {
    if (!cut.takes('[')) {
      throw bad("bars", "something else", "an array");
    }
    if (cut.takes(']')) {
      throw bad("bars", "none", "1 to " + MOST_BARS + " bars");
    }
    int index = 0;
    do {
      if (index == MOST_BARS) {
        throw new Problem(
            ProblemCode.TOO_LARGE,
            "a batch may hold " + MOST_BARS + " bars; have more",
            "bars",
            "more than " + MOST_BARS,
            "1 to " + MOST_BARS + " bars");
      }
      JsonCut.Item item = cut.item();
      try {
        BarsReader.Bar bar = reader.read(index, ItemBounds.read(body, item, "bar"));
        RefusedRow.checkSymbol(bar.underlying().symbol());
        intake.add(bar);
      } catch (RefusedRow e) {
        intake.reject(index, e.refusal());
      }
      index++;
    } while (cut.takes(','));
    cut.take(']');
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
      out.whole("accepted", intake.accepted());
      out.whole("written", intake.written());
      out.whole("unchanged", intake.unchanged());
      out.whole("rederived", intake.rederived());
      out.startArray("rejected");
      for (Map.Entry<Integer, Refusal> rejected : intake.rejected().entrySet()) {
        rejected.getValue().writeJson(out, rejected.getKey());
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
