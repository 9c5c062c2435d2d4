package io.strikegrid.server.app;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Settings as options of a command, and what was given for them. */
final class SettingOptions {

  private static final String CONFIG = "--config";

  private SettingOptions() {}

  /** A command that takes settings. */
  interface Taker {
    /** Which, beside {@code --config}. */
    List<Setting<?>> settings();
  }

  /** Gives a command the options of its settings. */
  static void addTo(CommandSpec spec, List<Setting<?>> settings) {
    settings.forEach(setting -> spec.addOption(option(setting)));
    spec.addOption(
        OptionSpec.builder(CONFIG)
            .paramLabel("FILE")
            .type(Path.class)
            .description(
                "YAML with settings, by their names with _ for -. An option comes before a variable"
                    + " STRIKEGRID_..., such as STRIKEGRID_PORT, and that before the file.")
            .build());
  }

  private static OptionSpec option(Setting<?> setting) {
    OptionSpec.Builder option =
        OptionSpec.builder(setting.option()).description(description(setting));
    if (setting.isFlag()) {
      return option.type(boolean.class).arity("0").build();
    }
    option.paramLabel(setting.label());
    return setting.isMany()
        ? option.type(List.class).auxiliaryTypes(String.class).build()
        : option.type(String.class).build();
  }

  private static String description(Setting<?> setting) {
    if (setting.isFlag()) {
      return setting.sentence();
    }
    String unless = setting.unless().isEmpty() ? "" : " Unless given: " + setting.unless() + ".";
    return (setting.sentence() + " Takes " + setting.allowed() + "." + unless).replace("`", "");
  }

  /** The texts that were given on the command line, by key. */
  static Map<String, List<String>> given(CommandSpec spec, List<Setting<?>> settings) {
    Map<String, List<String>> given = new LinkedHashMap<>();
    for (Setting<?> setting : settings) {
      OptionSpec option = spec.findOption(setting.option());
      Object value = option == null ? null : option.getValue();
      List<String> texts = texts(value);
      if (!texts.isEmpty()) {
        given.put(setting.key(), texts);
      }
    }
    return given;
  }

  private static List<String> texts(@Nullable Object value) {
    return switch (value) {
      case null -> List.of();
      case List<?> many -> many.stream().map(Object::toString).toList();
      case Boolean isOn -> isOn ? List.of("true") : List.of();
      default -> List.of(value.toString());
    };
  }

  /** The file that was named; null where none was. */
  static @Nullable Path config(CommandSpec spec) {
    OptionSpec option = spec.findOption(CONFIG);
    return option == null ? null : option.getValue();
  }
}
