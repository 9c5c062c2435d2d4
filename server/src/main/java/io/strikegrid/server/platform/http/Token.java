package io.strikegrid.server.platform.http;

import java.util.Set;

/**
 * What a token lets its owner do. Immutable.
 *
 * @param name whose it is
 * @param roles what it may do
 */
public record Token(String name, Set<Role> roles) {

  /** Takes the roles as they are now. */
  public Token {
    roles = Set.copyOf(roles);
  }
}
