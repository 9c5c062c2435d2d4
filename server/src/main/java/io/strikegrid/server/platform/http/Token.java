package io.strikegrid.server.platform.http;

import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a token lets its owner do. It is the same object for as long as the file says the same of
 * it, so that what was begun with it can be ended when it is taken back. Safe for use by several
 * threads.
 */
public final class Token {

  private final String name;
  private final Set<Role> roles;
  private final Set<String> symbols;
  private final @Nullable Instant end;
  private volatile boolean isTakenBack;

  /**
   * A token that is good.
   *
   * @param name whose it is
   * @param roles what it may do
   * @param symbols that it may read or write; empty for all
   * @param end from when on it is no longer good; null for never
   */
  Token(String name, Set<Role> roles, Set<String> symbols, @Nullable Instant end) {
    this.name = name;
    this.roles = Set.copyOf(roles);
    this.symbols = Set.copyOf(symbols);
    this.end = end;
  }

  /** Whose it is. */
  public String name() {
    return name;
  }

  /** What it may do. */
  Set<Role> roles() {
    return roles;
  }

  /** Whether it may read or write a symbol, by its canonical name. */
  boolean covers(String symbol) {
    return symbols.isEmpty() || symbols.contains(symbol);
  }

  /** Whether it may read or write some symbols alone. */
  boolean isScoped() {
    return !symbols.isEmpty();
  }

  /** The symbols in words. */
  String scope() {
    return String.join(", ", symbols.stream().sorted().toList());
  }

  /** Whether it is good at a time. */
  boolean isGood(Instant now) {
    return !isTakenBack && (end == null || now.isBefore(end));
  }

  /** Takes it back, for good. */
  void takeBack() {
    isTakenBack = true;
  }

  /** Whether the file says the same of both. */
  boolean isSame(Token other) {
    return name.equals(other.name)
        && roles.equals(other.roles)
        && symbols.equals(other.symbols)
        && Objects.equals(end, other.end);
  }
}
