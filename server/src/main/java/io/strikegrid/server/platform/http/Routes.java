package io.strikegrid.server.platform.http;

import io.javalin.config.RoutesConfig;
import java.util.List;

/** What a feature answers. */
@FunctionalInterface
public interface Routes {

  /** Adds each route with the {@link Role} it asks for; one without a role asks for read. */
  void addTo(RoutesConfig routes);

  /** The WebSockets among what it answers. */
  default List<WebSocketRoute> webSockets() {
    return List.of();
  }
}
