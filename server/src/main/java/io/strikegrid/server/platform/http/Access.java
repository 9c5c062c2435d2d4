package io.strikegrid.server.platform.http;

import io.javalin.http.Context;
import io.javalin.security.RouteRole;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lets a request through to a route, or not. Immutable. */
final class Access {

  private static final String SCHEME = "bearer ";

  private final Tokens tokens;

  Access(Tokens tokens) {
    this.tokens = tokens;
  }

  /**
   * Checks the token of a request.
   *
   * @throws Problem where it has none, an unknown one, or one without the role
   */
  void check(Context context) {
    Set<RouteRole> wanted = context.routeRoles();
    if (wanted.contains(Role.OPEN)) {
      return;
    }
    Role role = wanted.contains(Role.WRITE) ? Role.WRITE : Role.READ;
    try {
      check(role, bearer(context.header("Authorization")));
    } catch (Problem problem) {
      if (problem.code() == ProblemCode.UNAUTHORIZED) {
        context.header("WWW-Authenticate", "Bearer");
      }
      throw problem;
    }
  }

  /** The token of an Authorization header; null where it has none. */
  static @Nullable String bearer(@Nullable String header) {
    return header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        ? header.substring(SCHEME.length()).strip()
        : null;
  }

  /**
   * Checks a token.
   *
   * @throws Problem where there is none, nobody knows it, or it lacks the role
   */
  void check(Role role, @Nullable String token) {
    Set<Role> has = token == null ? Set.of() : tokens.roles(token);
    if (has.isEmpty()) {
      throw new Problem(
          ProblemCode.UNAUTHORIZED,
          token != null ? "nobody knows this token" : "this server asks for a bearer token",
          null,
          null,
          "Authorization: Bearer <token>");
    }
    if (!has.contains(role)) {
      String roles = has.stream().map(Role::text).collect(Collectors.joining(" and "));
      throw new Problem(
          ProblemCode.FORBIDDEN,
          "the token has the role " + roles + "; this needs " + role.text(),
          null,
          null,
          "a token with the role " + role.text());
    }
  }
}
