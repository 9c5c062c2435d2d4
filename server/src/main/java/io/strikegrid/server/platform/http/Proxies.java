package io.strikegrid.server.platform.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * The proxies whose word about their clients is taken. Of everybody else such headers are ignored,
 * since anybody can send them.
 *
 * <p>Each proxy adds the address that asked it to the right of what it was sent, so what counts is
 * the right-most address that is none of these proxies; what stands left of it the client may have
 * made up. Where X-Forwarded-For and Forwarded (RFC 7239) both stand and name different clients, a
 * proxy passes on one that it does not write, and neither is believed. Immutable.
 *
 * @param networks of them
 */
public record Proxies(List<Network> networks) {

  /** No proxy is believed. */
  public static final Proxies NONE = new Proxies(List.of());

  private static final Pattern FOR =
      Pattern.compile("(?:^|;)\\s*for\\s*=\\s*(?:\"([^\"]*)\"|([^;\"]*?))\\s*(?=;|$)");
  private static final Pattern HOP =
      Pattern.compile("\\[([0-9a-fA-F:.]+)](?::[0-9]{1,5})?|([0-9.]+):[0-9]{1,5}|([0-9a-fA-F:.]+)");

  /** Keeps a list of its own. */
  public Proxies {
    networks = List.copyOf(networks);
  }

  /**
   * Who asks, as far as it can be believed.
   *
   * @param address as {@link Caller#address()}
   * @param isSecure whether nobody between it and what it asked first could read along
   */
  record Client(String address, boolean isSecure) {}

  /** Whether a connection is of one of them. */
  boolean has(SocketAddress remote) {
    return remote instanceof InetSocketAddress inet
        && inet.getAddress() != null
        && has(inet.getAddress());
  }

  private boolean has(InetAddress address) {
    return networks.stream().anyMatch(network -> network.has(address));
  }

  /** Whose request it is. */
  Client client(Request request) {
    SocketAddress remote = request.getConnectionMetaData().getRemoteSocketAddress();
    if (!has(remote) || !(remote instanceof InetSocketAddress proxy)) {
      return new Client(Caller.address(remote), request.isSecure());
    }
    HttpFields headers = request.getHeaders();
    return new Client(
        Caller.address(client(proxy.getAddress(), headers)), isSecure(request, headers));
  }

  private InetAddress client(InetAddress proxy, HttpFields headers) {
    List<String> hops = elements(headers, HttpHeader.X_FORWARDED_FOR);
    List<String> others = elements(headers, HttpHeader.FORWARDED);
    InetAddress client = rightMost(proxy, hops);
    InetAddress other = rightMost(proxy, others.stream().map(Proxies::forOf).toList());
    if (hops.isEmpty() || others.isEmpty()) {
      return hops.isEmpty() ? other : client;
    }
    return client.equals(other) ? client : proxy;
  }

  private static List<String> elements(HttpFields headers, HttpHeader name) {
    List<String> elements = new ArrayList<>();
    headers.getValuesList(name).forEach(value -> elements.addAll(List.of(value.split(",", -1))));
    return elements;
  }

  private static String forOf(String element) {
    Matcher matcher = FOR.matcher(element.toLowerCase(Locale.ROOT));
    if (!matcher.find()) {
      return "";
    }
    return matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
  }

  /** From the right, the first that is no proxy; what cannot be read ends what is believed. */
  private InetAddress rightMost(InetAddress proxy, List<String> hops) {
    InetAddress known = proxy;
    for (String hop : hops.reversed()) {
      Optional<InetAddress> next = address(hop);
      if (next.isEmpty()) {
        return known;
      }
      known = next.get();
      if (!has(known)) {
        return known;
      }
    }
    return known;
  }

  private static Optional<InetAddress> address(String hop) {
    Matcher matcher = HOP.matcher(hop.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    for (int group = 1; group <= matcher.groupCount(); group++) {
      if (matcher.group(group) != null) {
        return literal(matcher.group(group));
      }
    }
    return Optional.empty();
  }

  private static Optional<InetAddress> literal(String text) {
    try {
      return Optional.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static boolean isSecure(Request request, HttpFields headers) {
    List<String> schemes = elements(headers, HttpHeader.X_FORWARDED_PROTO);
    String scheme = schemes.isEmpty() ? "" : schemes.getLast().strip().toLowerCase(Locale.ROOT);
    return switch (scheme) {
      case "https", "wss" -> true;
      case "http", "ws" -> false;
      default -> request.isSecure();
    };
  }
}
