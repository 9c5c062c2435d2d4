package io.strikegrid.server.platform.http;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.Configuration;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.WebSocketComponents;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.core.server.WebSocketMappings;
import org.eclipse.jetty.websocket.core.server.WebSocketNegotiator;
import org.jspecify.annotations.Nullable;

/**
 * Connects the clients of {@link WebSocketRoute}s, or refuses them with a problem document before
 * anything is connected: for want of a token, or of a place. A token comes in the header or, since
 * browsers can set none there, as the sub-protocol {@code bearer.<token>}, which is never answered.
 */
final class WebSockets extends Handler.Wrapper {

  private static final String TOKEN_PROTOCOL = "bearer.";
  private static final String VERSION = "Sec-WebSocket-Version";
  private static final List<String> METHODS = List.of("GET", "HEAD");

  private final Map<String, WebSocketRoute> routes;
  private final Access access;
  private final AuditLog audit;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final WebSocketComponents components = new WebSocketComponents();
  private final WebSocketMappings upgrades = new WebSocketMappings(components);
  private final Configuration.Customizer defaults = new Configuration.ConfigurationCustomizer();

  WebSockets(List<WebSocketRoute> routes, Access access, AuditLog audit) {
    this.routes =
        routes.stream().collect(Collectors.toMap(WebSocketRoute::path, Function.identity()));
    this.access = access;
    this.audit = audit;
    installBean(components);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    WebSocketRoute route = routes.get(Request.getPathInContext(request));
    if (route == null) {
      if (isUpgrade(request)) {
        Refusal.send(
            new Problem(ProblemCode.NOT_FOUND, "there is no WebSocket here"), response, callback);
        return true;
      }
      return super.handle(plain(request), response, callback);
    }
    try {
      checkMethod(route, request);
      checkQuery(request);
      admit(route, request);
      if (!upgrades.upgrade(connecting(route), request, response, callback, defaults)) {
        throw notUpgraded(route);
      }
    } catch (Problem problem) {
      if (AuditLog.isOfAccess(problem.code().status())) {
        audit.refused(
            Caller.of(request).who(), request.getMethod() + " " + route.path(), problem.code());
      }
      Refusal.send(problem, response, callback);
    }
    return true;
  }

  /** Whether a request asks for a WebSocket. */
  static boolean isUpgrade(Request request) {
    return "websocket".equalsIgnoreCase(request.getHeaders().get(HttpHeader.UPGRADE));
  }

  /**
   * A request that asks for no WebSocket, without the header by which those are told further in: no
   * other place has one, and none may begin a session.
   */
  private static Request plain(Request request) {
    if (!request.getHeaders().contains(VERSION)) {
      return request;
    }
    HttpFields others = HttpFields.build(request.getHeaders()).remove(VERSION).asImmutable();
    return new Request.Wrapper(request) {
      @Override
      public HttpFields getHeaders() {
        return others;
      }
    };
  }

  private static void checkMethod(WebSocketRoute route, Request request) {
    String method = request.getMethod();
    if (!METHODS.contains(method)) {
      throw Problem.notAllowed(route.path(), method, METHODS);
    }
  }

  /** Refuses a query that is no UTF-8, which a handshake would stumble over. */
  private static void checkQuery(Request request) {
    try {
      Request.extractQueryParameters(request);
    } catch (RuntimeException e) {
      throw new Problem(
          ProblemCode.BAD_VALUE,
          "the query is not percent-encoded UTF-8",
          null,
          request.getHttpURI().getQuery(),
          "a query in percent-encoded UTF-8");
    }
  }

  private WebSocketNegotiator connecting(WebSocketRoute route) {
    return new WebSocketNegotiator() {
      @Override
      public FrameHandler negotiate(
          ServerUpgradeRequest request, ServerUpgradeResponse response, Callback callback) {
        response.setExtensions(List.of()); // messages are shared as they are, so none is compressed
        if (request.getSubProtocols().contains(route.protocol())) {
          response.setAcceptedSubProtocol(route.protocol());
        }
        return new WebSocketConnection(route, Caller.of(request), executor);
      }
    };
  }

  private void admit(WebSocketRoute route, Request request) {
    if (!isUpgrade(request)) {
      throw notUpgraded(route);
    }
    boolean isSent =
        bearer(request) != null
            || Access.bearer(request.getHeaders().get(HttpHeader.AUTHORIZATION)) != null;
    access.check(route.role(), Caller.of(request), isSent);
    route.admission().accept(Caller.of(request));
  }

  private static Problem notUpgraded(WebSocketRoute route) {
    return new Problem(
        ProblemCode.UPGRADE_REQUIRED,
        route.path() + " is a WebSocket; the request asks for none",
        "Upgrade",
        null,
        "a WebSocket handshake of version 13");
  }

  /** The token among the sub-protocols that a WebSocket is asked for with; null for none. */
  static @Nullable String bearer(Request request) {
    return isUpgrade(request)
        ? request.getHeaders().getCSV("Sec-WebSocket-Protocol", false).stream()
            .filter(protocol -> protocol.startsWith(TOKEN_PROTOCOL))
            .map(protocol -> protocol.substring(TOKEN_PROTOCOL.length()))
            .findFirst()
            .orElse(null)
        : null;
  }

  @Override
  protected void doStop() throws Exception {
    super.doStop();
    executor.shutdown();
  }
}
