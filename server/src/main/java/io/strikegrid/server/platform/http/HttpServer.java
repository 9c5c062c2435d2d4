package io.strikegrid.server.platform.http;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.util.JavalinBindException;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.GracefulHandler;

/**
 * The HTTP server: every request gets an id, is held against its bounds, let through or not, timed
 * and answered on a virtual thread of its own; every failure becomes a problem document.
 */
public final class HttpServer implements AutoCloseable {

  /** Longest URL, path and query, in characters. */
  public static final int LONGEST_URL = 8 * 1024;

  private static final int HEADER_BYTES = 32 * 1024;
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final String METHOD_OVERRIDE = "X-HTTP-Method-Override";
  private static final Duration TELL_EVERY = Duration.ofMinutes(1);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

  private final HttpConfig config;
  private final Javalin javalin;
  private final RefusalSummary refusals;

  private HttpServer(HttpConfig config, Javalin javalin, RefusalSummary refusals) {
    this.config = config;
    this.javalin = javalin;
    this.refusals = refusals;
  }

  /**
   * A server that is not listening yet.
   *
   * @param routes what it answers
   * @param registry takes the number and duration of requests
   * @param source what answers are made of beside their data, such as program and store: a tag of
   *     one source is never taken for that of another
   * @param outages exceptions that mean that something it needs is away: then the answer is 503
   */
  public static HttpServer create(
      HttpConfig config,
      List<Routes> routes,
      MeterRegistry registry,
      String source,
      List<Class<? extends Exception>> outages) {
    RequestTimes times = new RequestTimes(registry);
    AuditLog audit = AuditLog.toLogger(System::nanoTime);
    RefusalSummary refusals = new RefusalSummary(TELL_EVERY);
    Failures failures = new Failures(outages, refusals);
    Javalin javalin =
        Javalin.create(javalinConfig -> {
          setUp(javalinConfig);
          Access access = new Access(config.tokens().isPresent());
          WebSockets webSockets =
              new WebSockets(
                  routes.stream().flatMap(one -> one.webSockets().stream()).toList(),
                  access,
                  audit);
          Handler first = chain(new Gate(config, audit, registry), webSockets);
          javalinConfig.jetty.modifyServer(server -> setUp(server, first));
          javalinConfig.jetty.addConnector(
              (server, http) -> Listening.connector(server, http, config, audit, registry));
          javalinConfig.requestLogger.http((context, milliseconds) -> {
            times.record(context, milliseconds);
            audit.answered(context);
          });
          javalinConfig.routes.before(context -> admit(context, source));
          javalinConfig.routes.beforeMatched(access::check);
          javalinConfig.routes.exception(Exception.class, failures::answer);
          javalinConfig.routes.exception(
              io.javalin.http.HttpResponseException.class, failures::answer);
          routes.forEach(one -> one.addTo(javalinConfig.routes));
        });
    return new HttpServer(config, javalin, refusals);
  }

  private static void setUp(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.concurrency.useVirtualThreads = true;
    config.http.prefer405over404 = true;
    config.http.compressionStrategy = CompressionStrategy.NONE; // Answers compresses
    config.http.maxRequestSize = RequestBody.MOST_BYTES;
    config.http.responseBufferSize = BUFFER_BYTES;
    config.router.javaLangErrorHandler(Failures::answer);
    config.jetty.modifyHttpConfiguration(http -> {
      http.setRequestHeaderSize(HEADER_BYTES);
      http.setSendServerVersion(false);
      http.setSendDateHeader(true);
    });
  }

  private static Handler chain(Gate gate, WebSockets webSockets) {
    PacedAnswers paced = new PacedAnswers();
    paced.setHandler(gate);
    gate.setHandler(webSockets);
    webSockets.setHandler(new HeadAsGet());
    return paced;
  }

  private static void setUp(Server server, Handler first) {
    server.setErrorHandler(new ProtocolErrors());
    server.setHandler(new GracefulHandler(first));
    server.setStopTimeout(STOP_WITHIN.toMillis());
  }

  private static void admit(Context context, String source) {
    context.attribute(Answers.SOURCE, source);
    context.header(RequestId.HEADER, RequestId.of(context));
    context.header("X-Content-Type-Options", "nosniff");
    String query = context.queryString();
    int length = context.req().getRequestURI().length() + (query == null ? 0 : query.length() + 1);
    if (length > LONGEST_URL) {
      throw new Problem(
          ProblemCode.URL_TOO_LONG,
          "a URL may have " + LONGEST_URL + " characters; have " + length,
          null,
          null,
          "at most " + LONGEST_URL + " characters");
    }
    RequestBody.checkLength(context.req().getContentLengthLong());
    String override = context.header(METHOD_OVERRIDE);
    if (override != null) {
      throw new Problem(
          ProblemCode.BAD_VALUE,
          METHOD_OVERRIDE + " must be left out; have " + Problem.shown(override),
          METHOD_OVERRIDE,
          Problem.shown(override),
          "left out");
    }
  }

  /**
   * Starts to listen.
   *
   * @throws ListenException where that cannot be, such as where the port is taken
   */
  public void start() {
    try {
      javalin.start(config.host(), config.port());
    } catch (RuntimeException e) {
      if (!isOfListening(e)) {
        throw e;
      }
      throw new ListenException(
          "cannot listen on %s port %d (--host, --port): it is taken, or not this machine's"
              .formatted(config.host(), config.port()),
          e);
    }
  }

  private static boolean isOfListening(Throwable failure) {
    Throwable cause = failure;
    while (cause != null) {
      if (cause instanceof JavalinBindException || cause instanceof SocketException) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  /** The port it listens on. */
  public int port() {
    return javalin.port();
  }

  /** Takes no more requests, and waits some seconds for those that run. */
  @Override
  public void close() {
    try {
      javalin.stop();
    } finally {
      refusals.close();
    }
  }
}
