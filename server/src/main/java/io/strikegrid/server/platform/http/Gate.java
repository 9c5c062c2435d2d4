package io.strikegrid.server.platform.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * What every request passes first, whatever it asks for: by which name it asks, who asks and how
 * often, and whether a page of another site does.
 */
final class Gate extends Handler.Wrapper {

  private static final String FETCH_MODE = "Sec-Fetch-Mode";
  private static final Set<String> HARMLESS = Set.of("GET", "HEAD", "OPTIONS");

  private final Sites sites;
  private final Proxies proxies;
  private final @Nullable Tokens tokens;
  private final RequestRates rates;
  private final AuditLog audit;
  private final MeterRegistry registry;

  Gate(HttpConfig config, AuditLog audit, MeterRegistry registry) {
    this.audit = audit;
    this.sites = new Sites(config.isLoopback(), config.allowedHosts());
    this.proxies = config.proxies();
    this.tokens = config.tokens().orElse(null);
    this.rates = new RequestRates(config.bounds().requestsPerSecond(), System::nanoTime);
    this.registry = registry;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Caller caller;
    try {
      caller = admit(request);
    } catch (Problem problem) {
      count(problem);
      tell(request, problem);
      Refusal.send(problem, response, callback);
      return true;
    }
    return caller.lets(() -> super.handle(request, response, callback));
  }

  private void tell(Request request, Problem problem) {
    audit.refused(
        proxies.client(request).address(),
        Problem.shown(request.getMethod() + " " + request.getHttpURI().getPath()),
        problem.code());
  }

  private Caller admit(Request request) {
    sites.checkHost(request.getHeaders(), request.getHttpURI().getAuthority());
    if (Request.getPathInContext(request).isEmpty()) {
      throw new Problem(ProblemCode.BAD_VALUE, "a path is needed, / at least");
    }
    Proxies.Client client = proxies.client(request);
    Caller caller =
        new Caller(
            client.address(),
            token(request),
            sites.foreign(request.getHeaders(), client.isSecure()));
    caller.putOn(request);
    rates.check(caller);
    if (!HARMLESS.contains(request.getMethod())
        || WebSockets.isUpgrade(request)
        || isLoadedByAPage(request)) {
      caller.checkSite();
    }
    return caller;
  }

  /** Whether a page loads it, as a picture or a script say, rather than a person who opens it. */
  private static boolean isLoadedByAPage(Request request) {
    String mode = request.getHeaders().get(FETCH_MODE);
    return mode != null && !mode.equals("navigate");
  }

  private Optional<Token> token(Request request) {
    String bearer = Access.bearer(request.getHeaders().get(HttpHeader.AUTHORIZATION));
    if (bearer == null) {
      bearer = WebSockets.bearer(request);
    }
    return tokens == null || bearer == null ? Optional.empty() : tokens.find(bearer);
  }

  private void count(Problem problem) {
    Counter.builder("strikegrid.http.refused")
        .description("Requests refused before a route was looked for")
        .tag("code", problem.code().text())
        .register(registry)
        .increment();
  }
}
