package io.strikegrid.server.app;

import io.strikegrid.server.ingest.profile.Profiles;
import io.strikegrid.server.store.DatabaseUrl;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * What a command will read and write, by its words, variables and settings file, without doing
 * anything: the launcher asks before it runs a command of root's as another user.
 *
 * <p>Each place is a text: {@code data=} and {@code journal=} name folders that are written to,
 * {@code file=} a file that is read, {@code port=} where it listens, {@code passwords} stands for
 * the password file of PostgreSQL. The last is {@code end}; {@code usage} alone says that the
 * command shows how it is used, or that its words do not fit, and so does nothing.
 *
 * @param environment variables that settings may stand in
 */
record Places(Map<String, String> environment) {

  /** The word in the place of a command that asks for this. */
  static final String COMMAND = "places";

  private static final String FILE = "file=";
  private static final String PROFILE = "--profile";
  private static final List<String> USAGE = List.of("usage");

  /** Prints the places of a command, each ended by a zero byte. */
  void print(PrintStream out, String... arguments) {
    of(arguments).forEach(place -> out.print(place + '\0'));
    out.flush();
  }

  /** The places of a command. */
  List<String> of(String... arguments) {
    ParseResult command;
    try {
      command = Main.commandLine().parseArgs(arguments).subcommand();
    } catch (ParameterException e) {
      return USAGE;
    }
    if (command == null || command.isUsageHelpRequested() || command.isVersionHelpRequested()) {
      return USAGE;
    }
    Set<String> places = new LinkedHashSet<>();
    CommandSpec spec = command.commandSpec();
    spec.args().forEach(argument -> addFiles(places, value(argument)));
    if (spec.userObject() instanceof SettingOptions.Taker taker) {
      addSettings(places, spec, taker.settings());
    }
    places.add("end");
    return List.copyOf(places);
  }

  /** What was given for an argument; a profile of one's own is a file. */
  private static @Nullable Object value(ArgSpec argument) {
    Object value = argument.getValue();
    boolean isProfile = argument instanceof CommandLine.Model.OptionSpec o && isProfile(o);
    if (!isProfile || !(value instanceof String name)) {
      return value;
    }
    boolean isShipped = new Profiles().shipped().stream().anyMatch(p -> p.name().equals(name));
    return isShipped ? null : Path.of(name);
  }

  private static boolean isProfile(CommandLine.Model.OptionSpec option) {
    return option.longestName().equals(PROFILE);
  }

  private void addSettings(Set<String> places, CommandSpec spec, List<Setting<?>> taken) {
    String named = environment.get(Settings.CONFIG_VARIABLE);
    if (named != null) {
      addFiles(places, Path.of(named));
    }
    Settings settings;
    try {
      settings = Settings.of(environment, spec);
    } catch (IllegalArgumentException e) {
      return; // the settings file is none, which the command will say
    }
    for (Setting<?> setting : taken) {
      if (setting.equals(SettingList.PORT)) {
        places.add("port=" + settings.get(SettingList.PORT));
      } else if (setting.equals(SettingList.JOURNAL_DIR)) {
        settings.find(SettingList.JOURNAL_DIR).ifPresent(it -> places.add("journal=" + full(it)));
      } else if (!setting.equals(SettingList.DATA_DIR)) {
        addFiles(places, settings.find(setting).orElse(null));
      }
    }
    if (taken.contains(SettingList.DATA_DIR)) {
      addStore(places, settings, taken.contains(SettingList.JOURNAL_DIR));
    }
  }

  private void addStore(Set<String> places, Settings settings, boolean isServer) {
    StoreConfig store = settings.store();
    boolean hasJournal = isServer && settings.find(SettingList.JOURNAL_DIR).isEmpty();
    if (store.databaseUrl().isEmpty() || hasJournal) {
      places.add("data=" + full(store.dataDir()));
    }
    if (store.databaseUrl().filter(this::lacksPassword).isPresent()) {
      places.add("passwords");
    }
  }

  private boolean lacksPassword(String url) {
    try {
      return DatabaseUrl.parse(url).withPasswordOf(environment).password().isEmpty();
    } catch (IllegalArgumentException e) {
      return false; // the command will say what is wrong with it
    }
  }

  private static void addFiles(Set<String> places, @Nullable Object value) {
    if (value instanceof Path path) {
      places.add(FILE + full(path));
    } else if (value instanceof Collection<?> many) {
      List<Object> each = new ArrayList<>(many);
      each.stream().filter(Objects::nonNull).forEach(one -> addFiles(places, one));
    }
  }

  private static String full(Path path) {
    return path.toAbsolutePath().toString();
  }
}
