package io.strikegrid.server.platform.http;

import io.javalin.security.RouteRole;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a route asks of a client, where the server has tokens. */
public enum Role implements RouteRole {
  /** Nothing: anybody may ask. */
  OPEN,
  /** A token that may read. */
  READ,
  /** A token that may write. */
  WRITE;

  /** The name in lower case. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** A role that a token can have, by its name. */
  static Optional<Role> ofToken(String text) {
    return Arrays.stream(values())
        .filter(role -> role != OPEN && role.text().equals(text))
        .findFirst();
  }
}
