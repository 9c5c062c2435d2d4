package io.strikegrid.server.app;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line. */
@Command(
    name = "strikegrid",
    description = "Stores option chains through time and answers questions about them.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      ServeCommand.class,
      ImportCommand.class,
      ReplayCommand.class,
      JobsCommand.class,
      AuditCommand.class,
      RefusedCommand.class,
      TokenCommand.class,
      SettingsCommand.class,
      CommandLine.HelpCommand.class
    })
public final class Main {

  private Main() {}

  /** Runs a command; the process exits with its code. */
  public static void main(String[] arguments) {
    LauncherWatch.start();
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Main());
    for (CommandLine command : line.getSubcommands().values()) {
      if (command.getCommand() instanceof SettingOptions.Taker taker) {
        SettingOptions.addTo(command.getCommandSpec(), taker.settings());
      }
    }
    return line.setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(new Failures());
  }
}
