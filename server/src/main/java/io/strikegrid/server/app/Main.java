package io.strikegrid.server.app;

import io.strikegrid.server.platform.watch.Uncaught;
import java.util.Arrays;
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
    if (arguments.length > 0 && arguments[0].equals(Places.COMMAND)) {
      withoutLog();
      new Places(System.getenv())
          .print(System.out, Arrays.copyOfRange(arguments, 1, arguments.length));
      return;
    }
    Uncaught.install();
    LauncherWatch.start();
    System.exit(commandLine().execute(arguments));
  }

  /** Without it a question that does nothing is answered sooner, and makes no file for the log. */
  private static void withoutLog() {
    System.setProperty("slf4j.provider", "org.slf4j.helpers.NOP_FallbackServiceProvider");
    System.setProperty("slf4j.internal.verbosity", "WARN");
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
