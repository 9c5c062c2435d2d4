package io.strikegrid.server.app;

import io.strikegrid.server.app.demo.DemoMarket;
import io.strikegrid.server.ingest.journal.JournalConfig;
import io.strikegrid.server.ingest.redis.RedisConfig;
import io.strikegrid.server.live.LiveConfig;
import io.strikegrid.server.platform.http.HttpBounds;
import io.strikegrid.server.platform.http.HttpConfig;
import io.strikegrid.server.platform.http.Proxies;
import io.strikegrid.server.platform.http.TlsFiles;
import io.strikegrid.server.platform.http.Tokens;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Serves until it is told to stop. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = "Serves the API until it is interrupted or terminated.",
    footer = "docs/reference/settings.md has every setting with its variable and key.")
final class ServeCommand implements Callable<Integer>, SettingOptions.Taker {

  private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);
  private static final long MEBIBYTE = 1 << 20;
  private static final double NANOS = 1e9;

  @Spec @Nullable CommandSpec spec;

  @Override
  public List<Setting<?>> settings() {
    return SettingList.all();
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    ServeConfig config = config();
    CountDownLatch stopped = new CountDownLatch(1);
    Node node = Node.start(config, InstantSource.system());
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  stop(node);
                  stopped.countDown();
                },
                "stop"));
    String address = address(config.http(), node.port());
    LOG.info(
        "serving {} at {}, store {}, heap {} MiB, process {}",
        Version.TEXT,
        address,
        node.store(),
        Runtime.getRuntime().maxMemory() / MEBIBYTE,
        ProcessHandle.current().pid());
    announce(out, address, config.demo());
    stopped.await();
    return 0;
  }

  /** Says that it stops, and how long that took: the last thing in the log of an orderly end. */
  private static void stop(Node node) {
    long begun = System.nanoTime();
    LOG.info("stopping, since the process was told to end");
    try {
      node.close();
      LOG.info("stopped after {} s", seconds(begun));
    } catch (RuntimeException e) {
      LOG.error("stopped after {} s, not in order: {}", seconds(begun), e.getMessage());
    }
  }

  private static String seconds(long since) {
    return String.format(Locale.ROOT, "%.1f", (System.nanoTime() - since) / NANOS);
  }

  private ServeConfig config() {
    Settings settings = Settings.of(System.getenv(), spec);
    StoreConfig store = settings.store();
    long pages =
        settings
            .find(SettingList.PAGE_MEMORY)
            .orElse(Runtime.getRuntime().maxMemory() / 4 / MEBIBYTE);
    Path journal =
        settings.find(SettingList.JOURNAL_DIR).orElse(store.dataDir().resolve("journal"));
    Duration silence = Duration.ofSeconds(settings.get(SettingList.FEED_SILENCE));
    Duration lateness = Duration.ofSeconds(settings.get(SettingList.LATENESS));
    Optional<Path> tokens = settings.find(SettingList.TOKENS);
    boolean insecure = settings.get(SettingList.INSECURE);
    String host = settings.get(SettingList.HOST);
    int port = settings.get(SettingList.PORT).intValue();
    boolean demo = settings.get(SettingList.DEMO);
    Optional<RedisConfig> redis = settings.redis();
    List<String> hosts = settings.get(SettingList.ALLOW_HOST);
    Proxies proxies = new Proxies(settings.get(SettingList.TRUSTED_PROXY));
    HttpBounds bounds =
        bounds(settings, HttpConfig.isLoopback(host) && proxies.equals(Proxies.NONE));
    Optional<TlsFiles> tls = settings.tls();
    settings.check(Objects.requireNonNull(spec).commandLine().getErr());
    return new ServeConfig(
        store,
        new HttpConfig(
            host, port, tokens.map(ServeCommand::read), insecure, hosts, bounds, proxies, tls),
        pages * MEBIBYTE,
        JournalConfig.in(journal),
        silence,
        LiveConfig.usual().withLateness(lateness),
        demo,
        redis);
  }

  /** What one client may take. */
  private static HttpBounds bounds(Settings settings, boolean isOwnMachineAlone) {
    HttpBounds usual = HttpBounds.USUAL;
    int usualRate = isOwnMachineAlone ? usual.requestsPerSecond() : HttpBounds.USUAL_RATE;
    return usual.withClients(
        settings.get(SettingList.CONNECTIONS_PER_ADDRESS).intValue(),
        settings.get(SettingList.STREAMS_PER_CLIENT).intValue(),
        settings.find(SettingList.REQUEST_RATE).map(Long::intValue).orElse(usualRate));
  }

  private static Tokens read(Path tokens) {
    try {
      return Tokens.read(tokens);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "--tokens must be a file that can be read; have " + tokens + " (" + e + ")", e);
    }
  }

  private static String address(HttpConfig http, int port) {
    String shown = http.host().contains(":") ? "[" + http.host() + "]" : http.host();
    return http.scheme() + "://" + shown + ":" + port;
  }

  private static void announce(PrintWriter out, String address, boolean demo) {
    out.println(
        "Strikegrid is ready at " + address + " (dashboard; its API: " + address + "/docs)");
    if (demo) {
      out.println(
          "The symbol "
              + DemoMarket.SYMBOL
              + " is simulated: two expiries over two days, and it goes on. Open the address in a"
              + " browser, or try:");
      out.println("  curl '" + address + "/fo/strike-distribution?symbol=DEMO&max_level=3'");
      out.println(
          "  curl '"
              + address
              + "/fo/moneyness-series?symbol=DEMO&indicator=iv&timeframe=15min&max_level=1'");
      out.println(
          "  curl -H 'Accept: text/csv' '"
              + address
              + "/fo/expiry-metrics?symbol=DEMO&timeframe=15min'");
      out.println(
          "  curl -N '"
              + address
              + "/fo/stream/events?symbol=DEMO&expiry=NWeek%2B0&max_level=1&measure=price'");
    }
    out.flush();
  }
}
