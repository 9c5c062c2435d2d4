package io.strikegrid.server.app;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Makes a token. */
@Command(name = "token", mixinStandardHelpOptions = true, description = "Makes a token.")
final class TokenCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    return 0;
  }
}
