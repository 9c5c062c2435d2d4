package io.strikegrid.server.app;

import io.strikegrid.server.ingest.redis.RedisAddress;
import io.strikegrid.server.ingest.redis.RedisConfig;
import io.strikegrid.server.jobs.KeepingConfig;
import io.strikegrid.server.platform.http.TlsFiles;
import io.strikegrid.server.platform.postgres.DataFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The values of settings from three places: the command line, else an environment variable {@code
 * STRIKEGRID_...}, else the file that {@code --config} or {@code STRIKEGRID_CONFIG} names. Unknown
 * keys of the file and values that do not fit are reported together, each with its place, and
 * nothing starts; unknown variables are warned of. For one thread.
 */
final class Settings {

  private static final String PREFIX = "STRIKEGRID_";

  /** The variable that names the settings file. */
  static final String CONFIG_VARIABLE = PREFIX + "CONFIG";

  /** The property that names the user who started the launcher, where this process is another. */
  private static final String STARTER = "strikegrid.starter";

  private static final String FOR_TESTS = "STRIKEGRID_TEST_";
  private static final int LONGEST_SHOWN = 100;

  private final Map<String, List<String>> given;
  private final Map<String, String> environment;
  private final @Nullable SettingsFile file;
  private final List<String> problems = new ArrayList<>();

  private Settings(
      Map<String, List<String>> given,
      Map<String, String> environment,
      @Nullable SettingsFile file) {
    this.given = given;
    this.environment = environment;
    this.file = file;
  }

  /** Those of a command. */
  static Settings of(Map<String, String> environment, @Nullable CommandSpec spec) {
    CommandSpec known = Objects.requireNonNull(spec);
    Path config = SettingOptions.config(known);
    return of(environment, SettingOptions.given(known, SettingList.all()), config);
  }

  /**
   * Those of three places.
   *
   * @param given texts on the command line, by key
   * @param config the file that was named there
   */
  static Settings of(
      Map<String, String> environment, Map<String, List<String>> given, @Nullable Path config) {
    String named = environment.get(CONFIG_VARIABLE);
    Path path = config != null ? config : named == null ? null : Path.of(named);
    Settings settings =
        new Settings(
            given, environment, path == null ? null : SettingsFile.read(LentFiles.of(path)));
    settings.checkKeys();
    return settings;
  }

  private void checkKeys() {
    if (file == null) {
      return;
    }
    List<String> keys = SettingList.all().stream().map(Setting::key).toList();
    file.entries()
        .forEach((key, entry) -> {
          if (!keys.contains(key)) {
            problems.add(
                "%s line %d: unknown key %s; allowed are %s"
                    .formatted(file.path(), entry.line(), shown(key), String.join(", ", keys)));
          }
        });
  }

  /** What stands in one of the places. */
  private record Found(String place, List<String> texts) {}

  private Optional<Found> look(Setting<?> setting) {
    List<String> onCommandLine = given.get(setting.key());
    if (onCommandLine != null) {
      return Optional.of(new Found(setting.option(), onCommandLine));
    }
    String variable = environment.get(setting.variable());
    if (variable != null && !variable.isEmpty()) {
      return Optional.of(new Found(setting.variable(), List.of(variable)));
    }
    SettingsFile.Entry entry = file == null ? null : file.entries().get(setting.key());
    if (file == null || entry == null || entry.texts().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Found(file.path() + " line " + entry.line() + ": " + setting.key(), entry.texts()));
  }

  /** The value where one was given and fits. */
  <T> Optional<T> find(Setting<T> setting) {
    Optional<Found> found = look(setting);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(setting.parse().apply(found.get().texts()));
    } catch (IllegalArgumentException e) {
      String have = setting.isSecret() ? "another" : shown(String.join(",", found.get().texts()));
      problems.add(
          "%s must be %s; have %s"
              .formatted(found.get().place(), setting.allowed().replace("`", ""), have));
      return Optional.empty();
    }
  }

  /** The value, or the one that holds where none was given. */
  <T> T get(Setting<T> setting) {
    return find(setting).or(setting::fallback).orElseThrow();
  }

  /** Where a setting was given; its option where it was not. */
  private String place(Setting<?> setting) {
    return look(setting).map(Found::place).orElse(setting.option());
  }

  private static String shown(String text) {
    String plain = text.replaceAll("\\p{Cntrl}", "?");
    return plain.length() <= LONGEST_SHOWN ? plain : plain.substring(0, LONGEST_SHOWN) + "...";
  }

  /** The certificate to show; empty where none is set. */
  Optional<TlsFiles> tls() {
    Optional<Path> certificate = find(SettingList.TLS_CERT);
    Optional<Path> key = find(SettingList.TLS_KEY);
    if (certificate.isEmpty() || key.isEmpty()) {
      if (certificate.isPresent() != key.isPresent()) {
        problems.add("--tls-cert and --tls-key go together; have one of them alone");
      }
      return Optional.empty();
    }
    try {
      return Optional.of(TlsFiles.read(certificate.get(), key.get()));
    } catch (IOException | IllegalArgumentException e) {
      problems.add("--tls-cert and --tls-key cannot be used: " + e.getMessage());
      return Optional.empty();
    }
  }

  /** The store's settings. */
  StoreConfig store() {
    boolean isOneStore =
        !(given.containsKey(SettingList.DATA_DIR.key()) && given.containsKey(SettingList.DB.key()));
    if (!isOneStore) {
      problems.add("--db goes without --data-dir: choose one store");
    }
    Path dataDir =
        find(SettingList.DATA_DIR)
            .orElseGet(() ->
                DataFolder.defaultDataDir(
                    environment,
                    System.getProperty(STARTER, System.getProperty("user.name")),
                    System.getProperty("user.home")));
    Optional<String> database =
        given.containsKey(SettingList.DATA_DIR.key()) ? Optional.empty() : find(SettingList.DB);
    return new StoreConfig(
        dataDir,
        database,
        find(SettingList.ENGINE),
        get(SettingList.MARKETS),
        new KeepingConfig(
            get(SettingList.COMPRESS_AFTER).intValue(), get(SettingList.KEEP_DAYS).intValue()),
        get(SettingList.CONNECTIONS).intValue());
  }

  /** The stream to consume; empty where no Redis server is named. */
  Optional<RedisConfig> redis() {
    Optional<RedisAddress> address = find(SettingList.REDIS);
    Optional<String> stream = find(SettingList.REDIS_STREAM);
    if (address.isEmpty()) {
      if (look(SettingList.REDIS).isEmpty()) {
        stream.ifPresent(s ->
            problems.add(
                "%s goes with --redis; have %s alone"
                    .formatted(place(SettingList.REDIS_STREAM), shown(s))));
      }
      return Optional.empty();
    }
    try {
      return Optional.of(RedisConfig.of(address.get(), stream.orElse(RedisConfig.STREAM)));
    } catch (IllegalArgumentException e) {
      problems.add(place(SettingList.REDIS_STREAM) + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  /** Variables that look like settings and are none, in words. */
  List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    new TreeMap<>(environment)
        .forEach((name, value) -> {
          if (name.startsWith(PREFIX) && !isKnown(name)) {
            warnings.add(
                shown(name)
                    + " is no setting and changes nothing; 'strikegrid settings' lists all");
          }
        });
    return warnings;
  }

  private static boolean isKnown(String name) {
    return name.startsWith(FOR_TESTS)
        || SettingList.OTHER_VARIABLES.containsKey(name)
        || SettingList.all().stream().anyMatch(setting -> setting.variable().equals(name));
  }

  /**
   * Warns of what is unknown.
   *
   * @throws SettingsException where anything that was asked for did not fit
   */
  void check(PrintWriter err) {
    warnings().forEach(warning -> err.println("strikegrid: " + warning));
    err.flush();
    if (!problems.isEmpty()) {
      throw new SettingsException(problems);
    }
  }
}
