package io.strikegrid.server.app;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Serves. */
@Command(name = "serve", mixinStandardHelpOptions = true, description = "Serves the API.")
final class ServeCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    return 0;
  }
}
