package io.strikegrid.server.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.strikegrid.server.ingest.redis.RedisAddress;
import io.strikegrid.server.ingest.redis.RedisConfig;
import io.strikegrid.server.jobs.KeepingConfig;
import io.strikegrid.server.platform.postgres.DataFolder;
import io.strikegrid.server.platform.yaml.YamlNode;
import io.strikegrid.server.platform.yaml.YamlProblems;
import io.strikegrid.server.store.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Settings from three places: the command line, else an environment variable {@code
 * STRIKEGRID_...}, else the file that {@code --config} or {@code STRIKEGRID_CONFIG} names. Unknown
 * keys of the file and values that do not fit are reported together, and nothing starts.
 */
final class Settings {

  /** Every setting, as its key stands in the file. */
  private static final String[] KEYS = {
    "data_dir",
    "db",
    "engine",
    "compress_after",
    "keep_days",
    "markets",
    "connections",
    "host",
    "port",
    "tokens",
    "insecure",
    "allow_host",
    "connections_per_address",
    "streams_per_client",
    "request_rate",
    "page_memory",
    "journal_dir",
    "feed_silence",
    "lateness",
    "redis",
    "redis_stream"
  };

  private static final int CONNECTIONS = 10;

  private final Map<String, String> environment;
  private final YamlProblems problems = new YamlProblems();
  private final @Nullable YamlNode file;

  private Settings(Map<String, String> environment, @Nullable Path config) {
    this.environment = environment;
    this.file = config == null ? null : read(config);
  }

  static Settings of(Map<String, String> environment, StoreOptions options) {
    String named = environment.get("STRIKEGRID_CONFIG");
    Path config = options.config != null ? options.config : named == null ? null : Path.of(named);
    return new Settings(environment, config);
  }

  private YamlNode read(Path config) {
    try {
      JsonNode json = new YAMLMapper().readTree(Files.readString(config));
      return new YamlNode(problems, config.toString(), json).allow(KEYS);
    } catch (IOException e) {
      throw new IllegalArgumentException("settings cannot be read: " + e.getMessage(), e);
    }
  }

  /** A setting's text; empty where it stands in none of the places. */
  Optional<String> text(String key, @Nullable Object onCommandLine) {
    if (onCommandLine != null) {
      return Optional.of(onCommandLine.toString());
    }
    String variable = environment.get("STRIKEGRID_" + key.toUpperCase(Locale.ROOT));
    if (variable != null && !variable.isEmpty()) {
      return Optional.of(variable);
    }
    YamlNode node = file == null ? null : file.child(key).orElse(null);
    return node == null ? Optional.empty() : Optional.of(node.json().asText());
  }

  /** A whole number within bounds. */
  long number(String key, @Nullable Object onCommandLine, long otherwise, long low, long high) {
    Optional<String> text = text(key, onCommandLine);
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      long value = Long.parseLong(text.get());
      if (value >= low && value <= high) {
        return value;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    problems.add(
        key, "must be a whole number from " + low + " to " + high + "; have " + text.get());
    return otherwise;
  }

  /** Yes or no. */
  boolean flag(String key, boolean onCommandLine) {
    Optional<String> text = text(key, onCommandLine ? "true" : null);
    if (text.isPresent() && !List.of("true", "false").contains(text.get())) {
      problems.add(key, "must be true or false; have " + text.get());
    }
    return text.isPresent() && text.get().equals("true");
  }

  /** The store's settings. */
  StoreConfig store(StoreOptions options) {
    Optional<String> database = text("db", options.databaseUrl);
    Optional<String> folder = text("data_dir", options.dataDir);
    if (options.dataDir != null && options.databaseUrl != null) {
      problems.add("db", "goes without data_dir: choose one store");
    }
    Path dataDir =
        folder
            .map(Path::of)
            .orElseGet(() ->
                DataFolder.defaultDataDir(
                    environment, System.getProperty("user.name"), System.getProperty("user.home")));
    return new StoreConfig(
        dataDir,
        options.dataDir == null ? database : Optional.empty(),
        engine(options),
        markets(options),
        keeping(options),
        (int) number("connections", null, CONNECTIONS, 3, 1000));
  }

  private KeepingConfig keeping(StoreOptions options) {
    KeepingConfig usual = KeepingConfig.USUAL;
    return new KeepingConfig(
        (int)
            number(
                "compress_after",
                options.compressAfter,
                usual.compressAfterDays(),
                0,
                KeepingConfig.LONGEST),
        (int) number("keep_days", options.keepDays, usual.keepDays(), 0, KeepingConfig.LONGEST));
  }

  private Optional<Engine> engine(StoreOptions options) {
    Optional<String> name = text("engine", options.engine);
    Optional<Engine> engine = name.flatMap(Engine::named);
    if (name.isPresent() && engine.isEmpty()) {
      problems.add("engine", "must be plain or timescale; have " + name.get());
    }
    return engine;
  }

  List<Path> markets(StoreOptions options) {
    if (options.markets != null) {
      return options.markets;
    }
    return text("markets", null).stream()
        .flatMap(t -> Arrays.stream(t.split(",", -1)))
        .map(Path::of)
        .toList();
  }

  /** The stream to consume; empty where no Redis server is named. */
  Optional<RedisConfig> redis(@Nullable String url, @Nullable String name) {
    Optional<String> address = text("redis", url);
    Optional<String> stream = text("redis_stream", name);
    if (address.isEmpty()) {
      stream.ifPresent(s -> problems.add("redis_stream", "goes with redis; have " + s + " alone"));
      return Optional.empty();
    }
    try {
      return Optional.of(
          RedisConfig.of(RedisAddress.parse(address.get()), stream.orElse(RedisConfig.STREAM)));
    } catch (IllegalArgumentException e) {
      problems.add("redis", String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  /** Throws where anything that was asked for did not fit. */
  void check() {
    problems.throwIfAny();
  }
}
