package io.strikegrid.server.platform.http;

import io.javalin.http.Context;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Who asks. Made once for each request, before anything else is done with it. Immutable.
 *
 * @param address of the machine; of an IPv6 address, the network that a site has all of
 * @param token the token it sent; empty where that is none that the server knows
 * @param site the site whose page asks, where that is not this server; null otherwise
 */
public record Caller(String address, Optional<Token> token, @Nullable String site) {

  private static final Caller NOBODY = new Caller("unknown", Optional.empty(), null);
  private static final ScopedValue<Caller> CURRENT = ScopedValue.newInstance();
  private static final String ATTRIBUTE = "strikegrid.caller";
  private static final int NETWORK_BYTES = 8;

  /** For whom the thread works; somebody without a token where that is no client. */
  public static Caller current() {
    return CURRENT.orElse(NOBODY);
  }

  /** Lets the thread work for this client while it does something. */
  <R, X extends Throwable> R lets(ScopedValue.CallableOp<? extends R, X> work) throws X {
    return ScopedValue.where(CURRENT, this).call(work);
  }

  /** Who asks with a request that was let in. */
  public static Caller of(Context context) {
    return Objects.requireNonNull((Caller) context.req().getAttribute(ATTRIBUTE));
  }

  /** Who asks with a request that was let in. */
  static Caller of(Request request) {
    return Objects.requireNonNull((Caller) request.getAttribute(ATTRIBUTE));
  }

  void putOn(Request request) {
    request.setAttribute(ATTRIBUTE, this);
  }

  /** The name of the token; the address where there is none. */
  public String who() {
    return token.map(Token::name).orElse(address);
  }

  /** What tells it from other clients: its token, or its address without one. */
  String client() {
    return token.map(one -> "token " + one.name()).orElse(address);
  }

  /** Whether it may read or write a symbol, by its canonical name. */
  public boolean covers(String symbol) {
    return token.isEmpty() || token.get().covers(symbol);
  }

  /** Whether it may read or write some symbols alone. */
  public boolean isScoped() {
    return token.isPresent() && token.get().isScoped();
  }

  /** The symbols that it may read or write, in words; empty where those are all. */
  public String scope() {
    return token.map(Token::scope).orElse("");
  }

  /**
   * Checks that it may read or write a symbol.
   *
   * @param symbol its canonical name; null where all are asked for
   * @throws Problem where it may not
   */
  public void checkSymbol(@Nullable String symbol) {
    if (symbol == null ? isScoped() : !covers(symbol)) {
      String scope = scope();
      throw new Problem(
          ProblemCode.FORBIDDEN,
          "the token is for " + scope + "; this needs " + (symbol == null ? "all symbols" : symbol),
          "symbol",
          symbol,
          scope);
    }
  }

  /** Whether what it began may go on: its token has neither ended nor been taken back. */
  public boolean isGood(Instant now) {
    return token.isEmpty() || token.get().isGood(now);
  }

  /**
   * Checks that no page of another site asks without a token, which it cannot know.
   *
   * @throws Problem where one does
   */
  void checkSite() {
    if (site != null && token.isEmpty()) {
      throw new Problem(
          ProblemCode.FORBIDDEN,
          "a page of " + Problem.shown(site) + " may not do this without a token",
          "Origin",
          site,
          "a page of this server, or a token");
    }
  }

  /** The address that counts for a client: an IPv4 address, or the /64 network of an IPv6 one. */
  static String address(@Nullable SocketAddress remote) {
    return address(remote instanceof InetSocketAddress inet ? inet.getAddress() : null);
  }

  /** The same of an address. */
  static String address(@Nullable InetAddress address) {
    return switch (address) {
      case null -> "unknown";
      case Inet6Address six ->
          HexFormat.ofDelimiter(":").formatHex(Arrays.copyOf(six.getAddress(), NETWORK_BYTES))
              + "/64";
      default -> address.getHostAddress();
    };
  }
}
