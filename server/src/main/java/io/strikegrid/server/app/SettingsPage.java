package io.strikegrid.server.app;

import java.util.List;

/** The reference page of settings, made of the list of them. */
final class SettingsPage {

  private static final String HEAD =
      """
      # Settings

      Made of the list of settings by `./strikegrid settings`; a test holds the two together.

      A value on the command line comes before an environment variable, and that before the YAML file that `--config` or
      `STRIKEGRID_CONFIG` names, whose keys are the names below. What does not fit is named with its place (option, variable, or
      file and line), all of it together, and nothing starts. An unknown key of the file is refused; an unknown variable
      `STRIKEGRID_...` is warned of.

      """;

  private SettingsPage() {}

  /** The whole page. */
  static String text() {
    StringBuilder page = new StringBuilder(HEAD);
    List<Setting<?>> ofTheStore = SettingList.ofTheStore();
    page.append("## Of every command that works on a store\n\n");
    table(page, ofTheStore);
    page.append("\n## Of `serve` alone\n\n");
    table(
        page, SettingList.all().stream().filter(setting -> !ofTheStore.contains(setting)).toList());
    page.append("\n## Variables that are no settings\n\n| variable | what for |\n| --- | --- |\n");
    SettingList.OTHER_VARIABLES.forEach(
        (name, what) -> page.append("| `").append(name).append("` | ").append(what).append(" |\n"));
    return page.toString();
  }

  private static void table(StringBuilder page, List<Setting<?>> settings) {
    page.append("| option | variable | key | what for | takes | unless given |\n");
    page.append("| --- | --- | --- | --- | --- | --- |\n");
    for (Setting<?> setting : settings) {
      page.append("| `")
          .append(setting.option())
          .append("` | `")
          .append(setting.variable())
          .append("` | `")
          .append(setting.key())
          .append("` | ")
          .append(setting.sentence())
          .append(" | ")
          .append(setting.allowed())
          .append(" | ")
          .append(setting.unless())
          .append(" |\n");
    }
  }
}
