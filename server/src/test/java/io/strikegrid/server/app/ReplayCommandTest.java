package io.strikegrid.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

final class ReplayCommandTest {

  @TempDir private static Path folder;

  private final StringWriter said = new StringWriter();

  private int run(String... arguments) {
    CommandLine line = Main.commandLine();
    line.setErr(new PrintWriter(said)).setOut(new PrintWriter(said));
    return line.execute(arguments);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ftp://h:1 | 60 | --seed=1 | to must be http://host:port, https://host:port or redis://",
        "127.0.0.1:8080 | 60 | --seed=1 | to must be http://host:port",
        "http://u:secret@h:1 | 60 | --seed=1 | without a password",
        "redis://u:secret@h:x | 60 | --seed=1 | redis://[user:password@]host:port",
        "http://h:1 | fast | --seed=1 | speed must be max or a number from 0.001 to 1000000; have fast",
        "http://h:1 | 0 | --seed=1 | have 0",
        "http://h:1 | NaN | --seed=1 | have NaN",
        "http://h:1 | max | --stream=s | stream goes with redis",
        "redis://h:1 | max | --token=t | token goes with http",
        "redis://h:1 | max | --duplicates=2 | duplicates must be a share of 0 to 1; have 2.0",
        "redis://h:1 | max | --profile=none | profile must be",
        "redis://h:1 | max | --seed=1 | there is no such file",
      })
  void replay_settingThatDoesNotFit_isRefusedByItsName(
      String to, String speed, String option, String expected) {
    assertThat(run("replay", "missing.csv", "--to", to, "--speed", speed, option)).isEqualTo(1);

    assertThat(said.toString()).contains(expected).doesNotContain("secret").doesNotContain("\tat");
  }

  @Test
  void replay_endOfDayFile_isRefusedWithTheCommandForIt() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("day.csv"),
            """
            INSTRUMENT,SYMBOL,EXPIRY_DT,STRIKE_PR,OPTION_TYP,CLOSE,SETTLE_PR,CONTRACTS,OPEN_INT,CHG_IN_OI,TIMESTAMP
            OPTIDX,NIFTY,28-Mar-2019,11000,CE,1,1,1,75,75,22-MAR-2019
            """);

    assertThat(run("replay", file.toString(), "--to", "redis://127.0.0.1:9")).isEqualTo(1);

    assertThat(said.toString()).contains("figures of whole days").contains("use import");
  }
}
