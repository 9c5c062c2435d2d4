package io.strikegrid.server.platform.http;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Places that clients hold, so many for each address and for each token. Safe for use by several
 * threads.
 */
public final class Places {

  private final int most;
  private final Map<String, Integer> held = new ConcurrentHashMap<>();

  /**
   * Places that nobody holds.
   *
   * @param most of one address, and of one token
   */
  public Places(int most) {
    this.most = most;
  }

  /**
   * Checks that a client may take another place.
   *
   * @param what a place is, in words
   * @throws Problem where it has as many as it may
   */
  public void check(Caller caller, String what) {
    if (isFull(address(caller)) || (caller.token().isPresent() && isFull(token(caller)))) {
      throw new Problem(
          ProblemCode.TOO_MANY_REQUESTS,
          "one client may have " + most + " " + what + " at a time",
          null,
          null,
          "at most " + most + " of one address, and of one token");
    }
  }

  private boolean isFull(String key) {
    return held.getOrDefault(key, 0) >= most;
  }

  /** Gives a client a place; whether it is one that it may have. */
  public boolean take(Caller caller) {
    boolean isWithin = add(address(caller));
    boolean isTokenWithin = caller.token().isEmpty() || add(token(caller));
    return isWithin && isTokenWithin;
  }

  private boolean add(String key) {
    return held.merge(key, 1, Integer::sum) <= most;
  }

  /** Takes a place back. */
  public void free(Caller caller) {
    remove(address(caller));
    if (caller.token().isPresent()) {
      remove(token(caller));
    }
  }

  private void remove(String key) {
    held.computeIfPresent(key, (k, count) -> count == 1 ? null : count - 1);
  }

  private static String address(Caller caller) {
    return caller.address();
  }

  private static String token(Caller caller) {
    return "token " + caller.token().map(Token::name).orElse("");
  }
}
