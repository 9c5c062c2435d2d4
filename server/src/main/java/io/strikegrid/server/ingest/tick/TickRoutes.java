package io.strikegrid.server.ingest.tick;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.strikegrid.server.live.Feed;
import io.strikegrid.server.platform.http.Answers;
import io.strikegrid.server.platform.http.Parameters;
import io.strikegrid.server.platform.http.RequestBody;
import io.strikegrid.server.platform.http.Role;
import io.strikegrid.server.platform.http.Routes;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;

/** Batches of ticks over HTTP: {@code POST /ingest/ticks}, answered when they are durable. */
public final class TickRoutes implements Routes {

  private final TickReader reader;
  private final TickIntake intake;
  private final RequestBody bodies;
  private final InstantSource clock;

  /**
   * Takes ticks.
   *
   * @param bodies bounds the bodies in memory, with those of other routes
   */
  public TickRoutes(TickReader reader, TickIntake intake, RequestBody bodies, InstantSource clock) {
    this.reader = reader;
    this.intake = intake;
    this.bodies = bodies;
    this.clock = clock;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.post("/ingest/ticks", this::ticks, Role.WRITE);
  }

  private void ticks(Context context) throws IOException {
    Parameters.of(context);
    bodies.read(context, TickBody.mediaTypes(), (type, body) -> take(context, type, body));
  }

  private void take(Context context, String mediaType, byte[] body) throws IOException {
    TickBatch batch = TickBody.read(reader, mediaType, body);
    intake.take(batch.ticks());
    tell(batch);
    Answers.sendFresh(context, new TickOutcome(batch));
  }

  private void tell(TickBatch batch) {
    Feed feed = intake.feed();
    Instant now = clock.instant();
    feed.received(batch.ticks().size(), batch.newest().orElse(null), now);
    batch
        .rejected()
        .forEach(one -> feed.refused(now, one.refusal().code(), one.refusal().message()));
    int unnamed = batch.rejectedCount() - batch.rejected().size();
    for (int i = 0; i < unnamed; i++) {
      feed.refused(now, "unnamed", "one of " + unnamed + " ticks more that one request had");
    }
  }
}
