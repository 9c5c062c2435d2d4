package io.strikegrid.server.stream;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.strikegrid.server.platform.http.Answers;
import io.strikegrid.server.platform.http.Caller;
import io.strikegrid.server.platform.http.Parameter;
import io.strikegrid.server.platform.http.Parameters;
import io.strikegrid.server.platform.http.Role;
import io.strikegrid.server.platform.http.RouteKind;
import io.strikegrid.server.platform.http.Routes;
import io.strikegrid.server.platform.http.WebSocketRoute;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The stream: {@code /fo/stream} over WebSocket, {@code /fo/stream/events} for everybody else. */
public final class StreamRoutes implements Routes {

  private static final Logger LOG = LoggerFactory.getLogger(StreamRoutes.class);
  private static final String PROTOCOL = "strikegrid";
  private static final String EVENTS = "events";

  private final StreamHub hub;

  /** The ways to a stream. */
  public StreamRoutes(StreamHub hub) {
    this.hub = hub;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.get("/fo/stream/events", this::events, Role.READ, RouteKind.STREAM);
  }

  @Override
  public List<WebSocketRoute> webSockets() {
    return List.of(
        new WebSocketRoute(
            "/fo/stream",
            PROTOCOL,
            Role.READ,
            hub.config().messageBytes(),
            hub::admit,
            client -> new WebSocketSession(hub, client)));
  }

  private void events(Context context) throws IOException {
    StreamQuery query =
        hub.query(Parameters.of(context, QueryReader.PARAMETERS.toArray(Parameter<?>[]::new)));
    String last = context.header(Resume.HEADER.name());
    @Nullable Resume resume = last == null ? null : Resume.HEADER.value(last);
    Caller caller = Caller.of(context);
    hub.admit(caller);
    context.res().setContentType("text/event-stream");
    context.header("Cache-Control", "no-store").header("X-Accel-Buffering", "no");
    if (!Answers.wantsBody(context)) {
      return;
    }
    EventStream wire = new EventStream();
    Subscriber subscriber = hub.connect(wire, caller, false);
    try {
      hub.subscribe(subscriber, EVENTS, query, resume);
      wire.writeTo(context.res().getOutputStream(), subscriber.outbox()::finish);
    } catch (IOException e) {
      LOG.debug("a client of server-sent events is gone: {}", e.getMessage());
    } catch (InterruptedException e) {
      throw new IOException("the connection was dropped", e);
    } finally {
      hub.disconnect(subscriber);
    }
  }
}
