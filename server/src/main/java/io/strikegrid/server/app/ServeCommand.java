package io.strikegrid.server.app;

import io.strikegrid.server.app.demo.DemoMarket;
import io.strikegrid.server.ingest.journal.JournalConfig;
import io.strikegrid.server.ingest.redis.RedisConfig;
import io.strikegrid.server.live.Feeds;
import io.strikegrid.server.live.LiveConfig;
import io.strikegrid.server.platform.http.HttpBounds;
import io.strikegrid.server.platform.http.HttpConfig;
import io.strikegrid.server.platform.http.Tokens;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Serves until it is told to stop. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = "Serves the API until it is interrupted or terminated.",
    footer =
        "Each setting may also come from STRIKEGRID_DATA_DIR, _DB, _ENGINE, _COMPRESS_AFTER,"
            + " _KEEP_DAYS, _HOST, _PORT, _TOKENS, _INSECURE,"
            + HttpOptions.VARIABLES
            + " _PAGE_MEMORY, _REDIS, _REDIS_STREAM, _CONNECTIONS, _MARKETS, _JOURNAL_DIR,"
            + " _FEED_SILENCE, _LATENESS, or from the YAML file of --config with the keys data_dir,"
            + " db, engine, compress_after, keep_days, host, port, tokens, insecure,"
            + HttpOptions.KEYS
            + " page_memory, redis, redis_stream, connections, markets, journal_dir,"
            + " feed_silence, lateness.")
final class ServeCommand implements Callable<Integer> {

  private static final int PORT = 8080;
  private static final int LONGEST_SILENCE = 86_400;
  private static final long MEBIBYTE = 1 << 20;

  @Option(
      names = "--demo",
      description = "Simulates a market that goes on around the clock: symbol DEMO.")
  boolean demo;

  @Option(names = "--host", paramLabel = "H", description = "Interface to listen on: 127.0.0.1.")
  @Nullable String host;

  @Option(names = "--port", paramLabel = "N", description = "Port: 8080; 0 for a free one.")
  @Nullable String port;

  @Option(names = "--tokens", paramLabel = "FILE", description = "Who may ask; see 'token'.")
  @Nullable Path tokens;

  @Option(names = "--insecure", description = "Lets anybody ask, from other machines too.")
  boolean insecure;

  @Mixin HttpOptions http = new HttpOptions();

  @Option(
      names = "--page-memory",
      paramLabel = "MIB",
      description = "Most memory for pages: a quarter of the heap.")
  @Nullable String pageMemory;

  @Option(
      names = "--journal-dir",
      paramLabel = "DIR",
      description =
          "Folder where ticks are kept until they are stored: journal in the data folder.")
  @Nullable Path journalDir;

  @Option(
      names = "--feed-silence",
      paramLabel = "S",
      description = "Seconds that a feed may bring nothing while its market is open: 60.")
  @Nullable String feedSilence;

  @Option(
      names = "--lateness",
      paramLabel = "S",
      description = "Seconds that a minute waits after its end for ticks that are on their way: 5.")
  @Nullable String lateness;

  @Option(
      names = "--redis",
      paramLabel = "URL",
      description = "Consumes a stream of ticks: redis://[user:password@]host:port[/database].")
  @Nullable String redis;

  @Option(
      names = "--redis-stream",
      paramLabel = "NAME",
      description = "Key of that stream: " + RedisConfig.STREAM + ".")
  @Nullable String redisStream;

  @Mixin StoreOptions store = new StoreOptions();

  @Spec @Nullable CommandSpec spec;

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
                  node.close();
                  stopped.countDown();
                },
                "stop"));
    announce(out, address(config.http().host(), node.port()));
    stopped.await();
    return 0;
  }

  private ServeConfig config() throws IOException {
    Settings settings = Settings.of(System.getenv(), store);
    StoreConfig storeConfig = settings.store(store);
    long heapQuarter = Runtime.getRuntime().maxMemory() / 4 / MEBIBYTE;
    long pages = settings.number("page_memory", pageMemory, heapQuarter, 1, 1 << 20);
    int listen = (int) settings.number("port", port, PORT, 0, 65_535);
    JournalConfig journal =
        JournalConfig.in(
            settings
                .text("journal_dir", journalDir)
                .map(Path::of)
                .orElse(storeConfig.dataDir().resolve("journal")));
    long silence =
        settings.number(
            "feed_silence", feedSilence, Feeds.SILENT_AFTER.toSeconds(), 1, LONGEST_SILENCE);
    LiveConfig live = LiveConfig.usual();
    long wait =
        settings.number(
            "lateness",
            lateness,
            live.lateness().toSeconds(),
            0,
            LiveConfig.LONGEST_LATENESS.toSeconds());
    boolean anybody = settings.flag("insecure", insecure);
    Optional<String> file = settings.text("tokens", tokens);
    Optional<RedisConfig> stream = settings.redis(redis, redisStream);
    HttpBounds bounds = http.bounds(settings, settings.text("host", host));
    List<String> hosts = http.hosts(settings);
    settings.check();
    Optional<Tokens> known =
        file.isPresent() ? Optional.of(Tokens.read(Path.of(file.get()))) : Optional.empty();
    String on = settings.text("host", host).orElse("127.0.0.1");
    return new ServeConfig(
        storeConfig,
        new HttpConfig(on, listen, known, anybody, hosts, bounds),
        pages * MEBIBYTE,
        journal,
        Duration.ofSeconds(silence),
        live.withLateness(Duration.ofSeconds(wait)),
        demo,
        stream);
  }

  private static String address(String host, int port) {
    String shown = host.contains(":") ? "[" + host + "]" : host;
    return "http://" + shown + ":" + port;
  }

  private void announce(PrintWriter out, String address) {
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
