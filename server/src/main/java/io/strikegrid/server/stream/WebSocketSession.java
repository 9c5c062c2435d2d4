package io.strikegrid.server.stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.strikegrid.server.platform.http.Parameters;
import io.strikegrid.server.platform.http.Problem;
import io.strikegrid.server.platform.http.ProblemCode;
import io.strikegrid.server.platform.http.WebSocketClient;
import io.strikegrid.server.platform.http.WebSocketListener;
import io.strikegrid.server.platform.watch.LostConnection;
import io.strikegrid.server.store.StoreException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A client over WebSocket: does what its messages say, and answers those that cannot be done. */
final class WebSocketSession implements WebSocketListener {

  private static final Logger LOG = LoggerFactory.getLogger(WebSocketSession.class);

  private final StreamHub hub;
  private final Subscriber subscriber;

  WebSocketSession(StreamHub hub, WebSocketClient client) {
    this.hub = hub;
    this.subscriber = hub.connect(new ClientWire(client), client.caller(), true);
  }

  private record ClientWire(WebSocketClient client) implements Wire {
    @Override
    public void send(StreamMessage message, Runnable done) {
      client.send(message.json(), done);
    }

    @Override
    public void ping() {
      client.ping();
    }

    @Override
    public void close(int code, String reason) {
      client.close(code, reason);
    }

    @Override
    public void drop() {
      client.drop();
    }
  }

  @Override
  public void text(String message) {
    @Nullable String id = null;
    try {
      JsonNode json = ClientMessages.parse(message);
      id = ClientMessages.idOf(json);
      take(ClientMessages.members(json));
    } catch (Problem problem) {
      subscriber.tell(ServerMessages.error(id, problem));
    } catch (StoreException e) {
      if (LostConnection.isCauseOf(e)) {
        LOG.debug("a subscription could not be answered", e);
      } else {
        LOG.warn("a subscription could not be answered: {}", e.getMessage());
      }
      subscriber.tell(
          ServerMessages.error(
              id, new Problem(ProblemCode.NOT_READY, "the store did not answer; try again")));
    }
  }

  private void take(Parameters members) {
    switch (members.require(ClientMessages.TYPE)) {
      case SUBSCRIBE -> {
        String id = members.require(ClientMessages.ID);
        @Nullable Resume resume = members.find(Resume.MEMBER).orElse(null);
        hub.subscribe(subscriber, id, hub.query(members), resume);
      }
      case UNSUBSCRIBE -> {
        String id = members.require(ClientMessages.ID);
        hub.end(subscriber.find(id).orElseThrow(() -> unknown(id)), true);
      }
      case PING ->
          subscriber.tell(
              ServerMessages.pong(members.find(ClientMessages.ID).orElse(null), hub.now()));
    }
  }

  private Problem unknown(String id) {
    return new Problem(
        ProblemCode.BAD_VALUE,
        "this connection has no subscription " + Problem.shown(id),
        "id",
        id,
        subscriber.subscriptions().stream()
            .map(Subscription::id)
            .sorted()
            .collect(Collectors.joining(", ")));
  }

  @Override
  public void heard() {
    subscriber.heard();
  }

  @Override
  public void closed() {
    hub.disconnect(subscriber);
  }
}
