package io.strikegrid.server.platform.http;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.component.LifeCycle;

/** Where the server listens, and what it looks at again and again while it does. */
final class Listening {

  /** A client that is silent for so long while the server stops is asked for nothing more. */
  private static final Duration QUIET_AT_STOP = Duration.ofMillis(100);

  private Listening() {}

  /** A connector that is not listening yet. */
  static ServerConnector connector(
      Server server,
      HttpConfiguration http,
      HttpConfig config,
      AuditLog audit,
      MeterRegistry registry) {
    if (config.tls().isPresent()) {
      // by which name a client asks is checked for all, so the certificate need not name it too
      http.addCustomizer(new SecureRequestCustomizer(false));
    }
    ClientConnections connections =
        new ClientConnections(http, config.bounds(), config.proxies(), System::nanoTime, registry);
    ServerConnector connector =
        config
            .tls()
            .map(tls ->
                new ServerConnector(
                    server,
                    new SslConnectionFactory(tls.factory(), connections.getProtocol()),
                    connections))
            .orElseGet(() -> new ServerConnector(server, connections));
    connector.setHost(config.host());
    connector.setPort(config.port());
    connector.setShutdownIdleTimeout(QUIET_AT_STOP.toMillis());
    connector.addEventListener(
        new LifeCycle.Listener() {
          @Override
          public void lifeCycleStarted(LifeCycle started) {
            connections.watch(
                connector.getScheduler(),
                () -> {
                  audit.look();
                  config.tokens().ifPresent(Tokens::refresh);
                  config.tls().ifPresent(TlsFiles::refresh);
                });
          }
        });
    return connector;
  }
}
