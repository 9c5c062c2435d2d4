package io.strikegrid.server.platform.http;

import io.javalin.http.Context;
import io.javalin.security.RouteRole;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lets a request through to a route, or not. Immutable. */
final class Access {

  private static final String SCHEME = "bearer ";

  private final boolean hasTokens;

  /**
   * The rule of a server.
   *
   * @param hasTokens whether a token is needed
   */
  Access(boolean hasTokens) {
    this.hasTokens = hasTokens;
  }

  /**
   * Checks the token of a request, and whose page a stream is for.
   *
   * @throws Problem where it has none, an unknown one, or one without the role
   */
  void check(Context context) {
    Set<RouteRole> wanted = context.routeRoles();
    Caller caller = Caller.of(context);
    if (wanted.contains(RouteKind.STREAM)) {
      caller.checkSite();
    }
    if (!wanted.contains(Role.OPEN)) {
      check(
          wanted.contains(Role.WRITE) ? Role.WRITE : Role.READ,
          caller,
          bearer(context.header("Authorization")) != null);
    }
    if (wanted.contains(RouteKind.STREAM)
        && context.req().getAttribute(ClientConnection.ATTRIBUTE) instanceof ClientConnection one) {
      one.streams();
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
   * @param isSent whether any token came, a known one or not
   * @throws Problem where there is none, nobody knows it, or it lacks the role
   */
  void check(Role role, Caller caller, boolean isSent) {
    if (!hasTokens) {
      return;
    }
    if (caller.token().isEmpty()) {
      throw new Problem(
          ProblemCode.UNAUTHORIZED,
          isSent ? "nobody knows this token" : "this server asks for a bearer token",
          null,
          null,
          "Authorization: Bearer <token>");
    }
    Set<Role> has = caller.token().get().roles();
    if (!has.contains(role)) {
      String roles = has.stream().sorted().map(Role::text).collect(Collectors.joining(" and "));
      throw new Problem(
          ProblemCode.FORBIDDEN,
          "the token has the role " + roles + "; this needs " + role.text(),
          null,
          null,
          "a token with the role " + role.text());
    }
  }
}
