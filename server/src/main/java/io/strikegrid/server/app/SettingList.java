package io.strikegrid.server.app;

import io.strikegrid.server.ingest.redis.RedisAddress;
import io.strikegrid.server.ingest.redis.RedisConfig;
import io.strikegrid.server.jobs.KeepingConfig;
import io.strikegrid.server.live.Feeds;
import io.strikegrid.server.live.LiveConfig;
import io.strikegrid.server.platform.http.HttpBounds;
import io.strikegrid.server.platform.http.Network;
import io.strikegrid.server.store.Engine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Every setting, each declared here and nowhere else: what is added here has its option, variable,
 * key in the file, line in the help and, by a test that asks for it, row in the reference page.
 */
final class SettingList {

  private static final List<Setting<?>> OF_THE_STORE = new ArrayList<>();
  private static final List<Setting<?>> OF_THE_SERVER = new ArrayList<>();

  static final Setting<Path> DATA_DIR =
      ofTheStore(
          Setting.path(
              "data_dir",
              "DIR",
              "`/var/lib/strikegrid` for root, else `strikegrid` in the user's data folder",
              "Folder of the embedded store."));

  static final Setting<String> DB =
      ofTheStore(
          Setting.text(
                  "db",
                  "URL",
                  "`postgresql://user@host:port/name`, or the `jdbc:` form",
                  "the embedded store",
                  Function.identity(),
                  "A PostgreSQL 15 or newer instead of the embedded store. Its password comes from"
                      + " STRIKEGRID_DB_PASSWORD or PGPASSWORD, else from the file of PGPASSFILE or"
                      + " ~/.pgpass; others can see one that stands in the address.")
              .secret());

  static final Setting<Engine> ENGINE =
      ofTheStore(
          Setting.text(
              "engine",
              "NAME",
              "plain or timescale",
              "timescale where the server has it",
              name -> Engine.named(name).orElseThrow(IllegalArgumentException::new),
              "Who keeps the 5 and 15 minute bars of a new store: its tables, or TimescaleDB."));

  static final Setting<Long> COMPRESS_AFTER =
      ofTheStore(
          Setting.whole(
              "compress_after",
              "DAYS",
              "days",
              0,
              KeepingConfig.LONGEST,
              KeepingConfig.USUAL.compressAfterDays(),
              "Age from which TimescaleDB compresses one-minute bars; 0 for never. A job of the"
                  + " server does it."));

  static final Setting<Long> KEEP_DAYS =
      ofTheStore(
          Setting.whole(
              "keep_days",
              "DAYS",
              "days",
              0,
              KeepingConfig.LONGEST,
              KeepingConfig.USUAL.keepDays(),
              "Drops trading days that are older; 0 keeps all. A job of the server does it."));

  static final Setting<List<Path>> MARKETS =
      ofTheStore(
          Setting.paths(
              "markets",
              "FILE",
              "those that ship",
              "YAML with more markets and underlyings; may be repeated."));

  static final Setting<Long> CONNECTIONS =
      ofTheStore(
          Setting.whole("connections", "N", "", 3, 1000, 10, "Most connections to the database."));

  static final Setting<Boolean> DEMO =
      ofTheServer(
          Setting.flag("demo", "Simulates a market that goes on around the clock: symbol DEMO."));

  static final Setting<String> HOST =
      ofTheServer(
          Setting.text(
                  "host",
                  "H",
                  "a name or address of this machine",
                  "127.0.0.1",
                  Function.identity(),
                  "Interface to listen on.")
              .or("127.0.0.1"));

  static final Setting<Long> PORT =
      ofTheServer(
          Setting.whole("port", "N", "", 0, 65_535, 8080, "Port to listen on; 0 for a free one."));

  static final Setting<Path> TOKENS =
      ofTheServer(Setting.path("tokens", "FILE", "anybody", "Who may ask; see 'token'."));

  static final Setting<Boolean> INSECURE =
      ofTheServer(Setting.flag("insecure", "Lets anybody ask, from other machines too."));

  static final Setting<List<String>> ALLOW_HOST =
      ofTheServer(
          Setting.many(
              "allow_host",
              "NAME",
              "names without ports",
              "on loopback its own names, elsewhere any",
              Function.identity(),
              "Names that it answers for beside those of loopback."));

  static final Setting<List<Network>> TRUSTED_PROXY =
      ofTheServer(
          Setting.many(
              "trusted_proxy",
              "ADDRESS",
              "addresses, or networks such as 10.0.0.0/8",
              "what a request says of its client is ignored",
              Network::parse,
              "Proxies whose X-Forwarded-For, Forwarded and X-Forwarded-Proto are believed."));

  static final Setting<Long> CONNECTIONS_PER_ADDRESS =
      ofTheServer(
          Setting.whole(
              "connections_per_address",
              "N",
              "",
              1,
              HttpBounds.USUAL.connections(),
              HttpBounds.USUAL.connectionsPerAddress(),
              "Most connections of one address; a trusted proxy may have any number."));

  static final Setting<Long> STREAMS_PER_CLIENT =
      ofTheServer(
          Setting.whole(
              "streams_per_client",
              "N",
              "",
              1,
              HttpBounds.USUAL.connections(),
              HttpBounds.USUAL.streamsPerClient(),
              "Most connections to the stream of one address, and of one token."));

  static final Setting<Long> REQUEST_RATE =
      ofTheServer(
          Setting.whole(
              "request_rate",
              "N",
              "requests a second",
              0,
              1_000_000,
              "0 on loopback without a trusted proxy, else " + HttpBounds.USUAL_RATE,
              "Most requests of one token, or of one address without; 0 for any number."));

  static final Setting<Path> TLS_CERT =
      ofTheServer(
          Setting.path(
              "tls_cert",
              "FILE",
              "plain HTTP",
              "Certificates to show, as PEM, the server's own first; read again on a change."));

  static final Setting<Path> TLS_KEY =
      ofTheServer(
          Setting.path(
              "tls_key",
              "FILE",
              "plain HTTP",
              "Key of the first of them, as PEM: PKCS #8 without a password."));

  static final Setting<Long> PAGE_MEMORY =
      ofTheServer(
          Setting.whole(
              "page_memory",
              "MIB",
              "MiB",
              1,
              1 << 20,
              "a quarter of the heap",
              "Most memory for pages."));

  static final Setting<Path> JOURNAL_DIR =
      ofTheServer(
          Setting.path(
              "journal_dir",
              "DIR",
              "`journal` in the data folder",
              "Folder where ticks are kept until they are stored."));

  static final Setting<Long> FEED_SILENCE =
      ofTheServer(
          Setting.whole(
              "feed_silence",
              "S",
              "seconds",
              1,
              86_400,
              Feeds.SILENT_AFTER.toSeconds(),
              "How long a feed may bring nothing while its market is open."));

  static final Setting<Long> LATENESS =
      ofTheServer(
          Setting.whole(
              "lateness",
              "S",
              "seconds",
              0,
              LiveConfig.LONGEST_LATENESS.toSeconds(),
              LiveConfig.usual().lateness().toSeconds(),
              "How long a minute waits after its end for ticks that are on their way."));

  static final Setting<RedisAddress> REDIS =
      ofTheServer(
          Setting.text(
                  "redis",
                  "URL",
                  "`redis://[user:password@]host[:port][/database]`, or `rediss://` for TLS",
                  "none: no stream is read",
                  RedisAddress::parse,
                  "Consumes a stream of ticks.")
              .secret());

  static final Setting<String> REDIS_STREAM =
      ofTheServer(
          Setting.text(
              "redis_stream",
              "NAME",
              "the key of a stream",
              "`" + RedisConfig.STREAM + "`",
              Function.identity(),
              "Key of that stream."));

  /** Variables that are no settings of the server, and what each is for. */
  static final Map<String, String> OTHER_VARIABLES = otherVariables();

  private SettingList() {}

  private static <T> Setting<T> ofTheStore(Setting<T> setting) {
    OF_THE_STORE.add(setting);
    return setting;
  }

  private static <T> Setting<T> ofTheServer(Setting<T> setting) {
    OF_THE_SERVER.add(setting);
    return setting;
  }

  private static Map<String, String> otherVariables() {
    Map<String, String> known = new LinkedHashMap<>();
    known.put("STRIKEGRID_CONFIG", "The file of `--config`.");
    known.put("STRIKEGRID_TOKEN", "The token of `replay --to http://...`.");
    known.put(
        "STRIKEGRID_JAVA_OPTS", "Of `./strikegrid`: more options for Java, such as `-Xmx4g`.");
    known.put(
        "STRIKEGRID_RESTART",
        "Of `./strikegrid serve`: how often in a row it starts a server again that ended by itself;"
            + " 5, 0 for never.");
    known.put(
        "STRIKEGRID_USER",
        "Of `./strikegrid` as root: the user as whom Java runs; `strikegrid`, which is made where"
            + " it is missing. `root` stays root.");
    known.put("STRIKEGRID_DB_PASSWORD", "The password of `--db`.");
    known.put(
        "STRIKEGRID_LOG_FILE", "Logs to this file, which rotates, and not to standard error.");
    known.put("STRIKEGRID_CHROMIUM", "Of the dashboard's tests: the browser.");
    known.put("STRIKEGRID_RECORDED_DATA", "Of the tests: a folder of recorded market data.");
    known.put("STRIKEGRID_TEST_...", "Of the tests: see CONTRIBUTING.md.");
    return known;
  }

  /** Those of every command that works on a store, in the order of this list. */
  static List<Setting<?>> ofTheStore() {
    return List.copyOf(OF_THE_STORE);
  }

  /** All of them, in the order of this list. */
  static List<Setting<?>> all() {
    List<Setting<?>> all = new ArrayList<>(OF_THE_STORE);
    all.addAll(OF_THE_SERVER);
    return List.copyOf(all);
  }
}
