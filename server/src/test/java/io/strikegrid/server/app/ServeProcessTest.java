package io.strikegrid.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process from outside: what it prints, how it stops, what it refuses. */
final class ServeProcessTest {

  private static final Pattern URL = Pattern.compile("'(http://[^']+)'");

  @Test
  void serveDemo_printedExamplesAnswer_sigtermLeavesNoProcess(@TempDir Path folder)
      throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    Process server = start("serve", "--demo", "--port", "0", "--data-dir", folder.toString());
    try {
      List<String> lines = readUntilExamples(server);
      assertThat(lines.getFirst()).startsWith("Strikegrid is ready at http://127.0.0.1:");
      List<URI> examples = examples(lines);
      assertThat(examples).hasSize(3);
      for (URI example : examples) {
        HttpResponse<String> answer = get(example);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("simulated");
      }
      assertThat(get(examples.getFirst()).body()) // before the first live minute is committed
          .containsPattern("\"oi_change_reference\":\\{[^}]*\"source\":\"exchange\"");
    } finally {
      List<ProcessHandle> children = server.descendants().toList();
      server.destroy();
      assertThat(server.waitFor(20, TimeUnit.SECONDS)).isTrue();
      children.forEach(child -> assertThat(child.isAlive()).isFalse());
    }
    assertThat(folder.resolve("postgres/postmaster.pid")).doesNotExist();
  }

  @Test
  void serve_openToOthersWithoutTokens_refusesToStart() throws Exception {
    Process server = start("serve", "--host", "0.0.0.0", "--port", "0");

    assertThat(server.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(server.exitValue()).isEqualTo(1);
    assertThat(text(server)).contains("--tokens FILE").contains("--insecure");
  }

  @Test
  void serve_databaseThatIsNotThere_saysSo() throws Exception {
    Process server = start("serve", "--db", "postgresql://nobody:secret@127.0.0.1:9/none");

    assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(server.exitValue()).isEqualTo(1);
    assertThat(text(server)).contains("cannot reach the database").doesNotContain("secret");
  }

  @Test
  void help_listsTheCommands() throws Exception {
    Process help = start("help");

    assertThat(help.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(text(help)).contains("serve").contains("import").contains("token");
  }

  private static Process start(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private static List<String> readUntilExamples(Process server) throws IOException {
    List<String> lines = new ArrayList<>();
    List<String> before = new ArrayList<>();
    BufferedReader reader = reader(server);
    String line;
    while (lines.size() < 5 && (line = reader.readLine()) != null) {
      if (lines.isEmpty() && !line.startsWith("Strikegrid is ready")) {
        before.add(line);
        continue;
      }
      lines.add(line);
    }
    assertThat(lines).as("what it said instead: %s", before).isNotEmpty();
    return lines;
  }

  private static List<URI> examples(List<String> lines) {
    List<URI> examples = new ArrayList<>();
    for (String line : lines) {
      Matcher matcher = URL.matcher(line);
      if (matcher.find()) {
        examples.add(URI.create(matcher.group(1)));
      }
    }
    return examples;
  }

  private static HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private static String text(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static BufferedReader reader(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }
}
