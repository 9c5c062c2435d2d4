package io.strikegrid.server.app;

import io.strikegrid.server.platform.http.Role;
import io.strikegrid.server.platform.http.TokenLine;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.util.Base64;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a token and the line that stands for it. */
@Command(
    name = "token",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a token: its line goes into the file of --tokens, the token to whoever asks.",
      "The token is on standard error. --file FILE adds the line to a file that is its owner's"
          + " alone; without it the line is on standard output, so that >> FILE does the same."
    })
final class TokenCommand implements Callable<Integer> {

  private static final int BYTES = 32;

  @Parameters(index = "0", paramLabel = "ROLE", description = "read or write.")
  String role = "";

  @Parameters(index = "1", paramLabel = "NAME", description = "Whose it is, one word.")
  String name = "";

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "Adds the line to this file, which is made where there is none.")
  @Nullable Path file;

  @Option(
      names = "--symbols",
      paramLabel = "A,B",
      split = ",",
      description = "Canonical symbols that it may read or write: all.")
  Set<String> symbols = Set.of();

  @Option(
      names = "--expires",
      paramLabel = "DATE",
      description = "The last day that it is good on, in UTC, as YYYY-MM-DD: it does not end.")
  @Nullable LocalDate expires;

  @Spec @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    if (!role.equals("read") && !role.equals("write")) {
      throw new IllegalArgumentException("role must be read or write; have " + role);
    }
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    CommandSpec known = Objects.requireNonNull(spec);
    PrintWriter out = known.commandLine().getOut();
    PrintWriter err = known.commandLine().getErr();
    Role may = Role.valueOf(role.toUpperCase(Locale.ROOT));
    String line = TokenLine.of(may, name, token, symbols, expires).text();
    if (file == null) {
      PrivateFile.ofStandardOutput().ifPresent(open -> open.makePrivate(err));
      out.println(line);
      out.flush();
    } else {
      PrivateFile target = new PrivateFile(file);
      target.append(line + "\n");
      target.warnWhereOpen(err);
    }
    err.println("token: " + token);
    err.flush();
    return 0;
  }
}
