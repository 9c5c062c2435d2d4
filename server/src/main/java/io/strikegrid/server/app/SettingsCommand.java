package io.strikegrid.server.app;

import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints every setting, as the reference page has them. */
@Command(
    name = "settings",
    mixinStandardHelpOptions = true,
    description = "Lists every setting with its option, variable, key, values and default.")
final class SettingsCommand implements Callable<Integer> {

  @Spec @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    out.print(SettingsPage.text());
    out.flush();
    return 0;
  }
}
