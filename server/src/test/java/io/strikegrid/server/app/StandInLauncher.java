package io.strikegrid.server.app;

import io.strikegrid.testkit.Await;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The launcher in a folder of its own, with sources of two files, a stand-in for Maven that notes
 * each build, and one for Java that notes how it was started and ends as the test says. Stays root
 * where root runs the tests, unless a test says otherwise.
 */
final class StandInLauncher {

  private static final List<String> SOURCES =
      List.of("pom.xml", "engine/pom.xml", "server/pom.xml", "server/src/main/A.java");

  private final Path folder;
  private final Path root;
  private final Path jdk;
  private final Path tools;
  private final Path notes;

  private StandInLauncher(Path folder) {
    this.folder = folder;
    this.root = folder.resolve("root");
    this.jdk = folder.resolve("jdk");
    this.tools = folder.resolve("tools");
    this.notes = folder.resolve("notes");
  }

  /** Installs one in an empty folder, which others may enter from then on. */
  static StandInLauncher in(Path folder) throws IOException {
    StandInLauncher it = new StandInLauncher(folder.toRealPath());
    allow(it.folder, "rwx--x--x");
    Files.createDirectories(it.root);
    Files.copy(Path.of("..", "strikegrid"), it.root.resolve("strikegrid"));
    Files.createDirectories(it.root.resolve("launcher"));
    Files.copy(Path.of("..", "launcher", "user.sh"), it.root.resolve("launcher/user.sh"));
    for (String source : SOURCES) {
      Files.createDirectories(it.source(source).getParent());
      Files.writeString(it.source(source), "of " + source);
    }
    Files.createDirectories(it.notes);
    allow(it.notes, "rwxrwxrwx");
    it.installMaven();
    it.installJava();
    return it;
  }

  private void installMaven() throws IOException {
    Files.createDirectories(tools);
    executable(
        tools.resolve("mvn"),
        """
        #!/bin/sh
        echo built >>"%1$s/built"
        mkdir -p "%2$s/server/target/lib"
        echo jar >"%2$s/server/target/lib/other.jar"
        echo jar >"%2$s/server/target/server-1.jar"
        """
            .formatted(notes, root));
  }

  private void installJava() throws IOException {
    Files.createDirectories(jdk.resolve("bin"));
    Files.createDirectories(jdk.resolve("lib"));
    Files.writeString(jdk.resolve("lib/modules"), "");
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"25\"\n");
    executable(
        jdk.resolve("bin/java"),
        """
        #!/bin/sh
        case " $* " in *" places "*)
          cat "%1$s/places"
          exit ;;
        esac
        trap 'echo told >>"%1$s/told"; exit 143' TERM
        [ ! -r /proc/$$/stat ] || cut -d' ' -f6 /proc/$$/stat >"%1$s/session"
        echo "$$ $(id -u) $*" >>"%1$s/started"
        code=$(head -n 1 "%1$s/codes")
        tail -n +2 "%1$s/codes" >"%1$s/codes.left"
        cat "%1$s/codes.left" >"%1$s/codes"
        if [ "$code" = wait ]; then
          exec 3<&0
          cat <&3 >/dev/null &
          wait $!
          echo alone >>"%1$s/alone"
          exit 0
        fi
        [ "$code" != kill ] || kill -9 $$
        exit "$code"
        """
            .formatted(notes));
    executable(jdk.resolve("bin/javac"), "#!/bin/sh\n");
  }

  private static void executable(Path file, String text) throws IOException {
    Files.writeString(file, text);
    allow(file, "rwxr-xr-x");
  }

  /** Puts a program in front of one of the system. */
  void tool(String name, String text) throws IOException {
    executable(tools.resolve(name), "#!/bin/sh\n" + text + "\n");
  }

  static void allow(Path path, String mode) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  /** Number of the user that a file or folder is of; of a link, not of what it leads to. */
  static int owner(Path path) throws IOException {
    return (int) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
  }

  Path source(String name) {
    return root.resolve(name);
  }

  Path root() {
    return root;
  }

  Path jdk() {
    return jdk;
  }

  /** What the stand-ins noted under a name. */
  Path note(String name) {
    return notes.resolve(name);
  }

  /** Says what Java answers when it is asked for the places of a command. */
  void places(String... places) throws IOException {
    Files.writeString(note("places"), String.join("\0", places) + "\0");
  }

  /** Starts it; Java ends with these codes, one after the other, or waits, or is killed. */
  Process start(Map<String, String> variables, List<String> words, String... codes)
      throws IOException {
    Files.writeString(note("codes"), String.join("\n", codes) + "\n");
    allow(note("codes"), "rw-rw-rw-");
    List<String> command = new ArrayList<>(List.of(root.resolve("strikegrid").toString()));
    command.addAll(words);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", jdk.toString());
    builder.environment().put("PATH", tools + ":" + builder.environment().get("PATH"));
    builder.environment().put("STRIKEGRID_USER", "root");
    builder.environment().keySet().removeAll(List.of("STRIKEGRID_RESTART", "STRIKEGRID_JAVA_OPTS"));
    variables.forEach((name, value) -> {
      if (value.isEmpty()) {
        builder.environment().remove(name);
      } else {
        builder.environment().put(name, value);
      }
    });
    return builder.start();
  }

  /** Runs it to its end; returns what it said. */
  String run(Map<String, String> variables, List<String> words, String... codes) throws Exception {
    Process launcher = start(variables, words, codes);
    return said(launcher) + "exit code " + launcher.waitFor();
  }

  /** Waits until it has ended; returns what it said. */
  static String said(Process launcher) throws Exception {
    String said = new String(launcher.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!launcher.waitFor(60, TimeUnit.SECONDS)) {
      launcher.destroyForcibly();
      throw new AssertionError("the launcher goes on; it said " + said);
    }
    return said;
  }

  /** Waits until Java was started so often, and has taken its code. */
  void awaitStarted(int times) throws Exception {
    Await.until(
        "a server", () -> started().size() >= times && note("codes.left").toFile().exists());
  }

  /** How Java was started, each time: process, user, words. */
  List<String> started() throws IOException {
    return lines("started");
  }

  /** Lines of a note; none where there is none. */
  List<String> lines(String name) throws IOException {
    return Files.exists(note(name)) ? Files.readAllLines(note(name)) : List.of();
  }

  /** The process of Java's first start. */
  ProcessHandle server() throws IOException {
    return ProcessHandle.of(Long.parseLong(started().getFirst().split(" ", -1)[0])).orElseThrow();
  }
}
