package io.strikegrid.server.platform.http;

import io.javalin.security.RouteRole;

/** What a route is, beside the {@link Role} it asks for. */
public enum RouteKind implements RouteRole {
  /** An answer without an end, which holds a place as long as its client likes. */
  STREAM
}
