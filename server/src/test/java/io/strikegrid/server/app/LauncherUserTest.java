package io.strikegrid.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.strikegrid.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As whom Java runs where root starts {@code ./strikegrid}, on a stand-in for Java. */
final class LauncherUserTest {

  private static final String USER = "strikegrid";
  private static final int ROOT = 0;
  private static final Path CACHE = Path.of("/var/cache/strikegrid");

  @TempDir Path folder;

  private StandInLauncher launcher;
  private Path data;

  @BeforeEach
  void install() throws IOException {
    assumeTrue(
        StandInLauncher.owner(Path.of("/proc/self")) == ROOT
            && Files.isExecutable(Path.of("/usr/bin/setpriv")),
        "only root with setpriv can become another user");
    launcher = StandInLauncher.in(folder);
    data = folder.toRealPath().resolve("data");
    launcher.places("data=" + data, "end");
  }

  @Test
  void serve_asRoot_runsAsTheUserInAFolderOfItsOwn() throws Exception {
    assertThat(serve("0")).endsWith("exit code 0");

    assertThat(user()).isNotEqualTo(ROOT);
    assertThat(StandInLauncher.owner(data)).isEqualTo(user());
    assertThat(mode(data)).isEqualTo(0700);
    assertThat(launcher.started().getFirst())
        .contains("-Dstrikegrid.starter=root")
        .contains("-Dstrikegrid.launcher=stdin")
        .contains(launcher.root() + "/target/app/server-");
    assertThat(launcher.lines("session"))
        .as("without the terminal of root")
        .containsExactly(Long.toString(pid()));
  }

  @Test
  void serve_serverIsKilled_isStartedAgainAsTheUser() throws Exception {
    assertThat(serve("kill", "0")).contains("it was killed").endsWith("exit code 0");

    assertThat(launcher.started()).hasSize(2);
    assertThat(user(1)).isEqualTo(user()).isNotEqualTo(ROOT);
  }

  @Test
  void serve_launcherIsKilled_endsWithTheCopies() throws Exception {
    Path tokens = secret("tokens", "old");
    launcher.places("file=" + tokens, "end");
    Process process = start(Map.of(), "serve", "wait");
    launcher.awaitStarted(1);
    ProcessHandle server = launcher.server();
    Path copies = copies();
    process.destroyForcibly().waitFor();

    server.onExit().get(60, TimeUnit.SECONDS);
    assertThat(launcher.note("alone")).exists();
    Await.until("the copies are gone", () -> !Files.exists(copies));
  }

  @Test
  void serve_terminated_tellsTheServerAndRemovesTheCopies() throws Exception {
    launcher.places("file=" + secret("tokens", "old"), "end");
    Process process = start(Map.of(), "serve", "wait");
    launcher.awaitStarted(1);
    Path copies = copies();
    process.destroy();

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(143);
    assertThat(launcher.note("told")).exists();
    Await.until("the copies are gone", () -> !Files.exists(copies));
  }

  @Test
  void serve_userIsRoot_staysRootAndWarns() throws Exception {
    assertThat(serve(Map.of("STRIKEGRID_USER", "root"), "0")).contains("runs as root, since");

    assertThat(user()).isEqualTo(ROOT);
    assertThat(data).doesNotExist();
  }

  @Test
  void serve_userOfAnotherName_isThatOne() throws Exception {
    assertThat(serve(Map.of("STRIKEGRID_USER", "nobody"), "0")).endsWith("exit code 0");

    assertThat(user()).isNotEqualTo(ROOT);
    assertThat(Files.getOwner(data).getName()).isEqualTo("nobody");
  }

  @Test
  void serve_userThatIsNone_isRefused() throws Exception {
    assertThat(serve(Map.of("STRIKEGRID_USER", "no-such-user"), "0"))
        .contains("STRIKEGRID_USER must be a user of this machine; have no-such-user")
        .endsWith("exit code 1");
    assertThat(launcher.started()).isEmpty();
  }

  @Test
  void serve_userThatCannotBeMade_isNobodyAndSaysSo() throws Exception {
    launcher.tool("useradd", "exit 1");
    launcher.tool("id", "case \"$*\" in *strikegrid) exit 1;; esac; exec /usr/bin/id \"$@\"");

    assertThat(serve(Map.of("STRIKEGRID_USER", ""), "0"))
        .contains("there is no user strikegrid and it could not be made")
        .contains("so Java runs as nobody")
        .endsWith("exit code 0");
    assertThat(Files.getOwner(data).getName()).isEqualTo("nobody");
  }

  @Test
  void serve_withoutSetpriv_saysWhatToDo() throws Exception {
    launcher.tool("setpriv", "exit 1");

    assertThat(serve("0"))
        .contains("cannot run as user strikegrid")
        .contains("or stay root with STRIKEGRID_USER=root")
        .endsWith("exit code 1");
    assertThat(launcher.started()).isEmpty();
  }

  @Test
  void serve_passwordFileOfRoots_isCopiedForTheUser() throws Exception {
    Path passwords = secret("pgpass", "*:*:*:*:x");
    launcher.places("passwords", "end");
    Process process = start(Map.of("PGPASSFILE", passwords.toString()), "serve", "wait");
    launcher.awaitStarted(1);

    assertThat(Path.of(copies().toString(), passwords.toString())).hasContent("*:*:*:*:x");
    process.destroy();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void import_asRoot_isRunOnceAsTheUser() throws Exception {
    launcher.places("data=" + data, "file=" + secret("a.csv", "rows"), "end");

    assertThat(run(Map.of(), "import", "3", "0"))
        .contains("reads a copy of " + folder.toRealPath().resolve("secret/a.csv"))
        .endsWith("exit code 3");
    assertThat(launcher.started()).hasSize(1);
    assertThat(user()).isNotEqualTo(ROOT);
  }

  @Test
  void command_thatTouchesNoData_staysRoot() throws Exception {
    run(Map.of(), "token", "0");

    assertThat(user()).isEqualTo(ROOT);
  }

  @Test
  void command_thatShowsItsUsage_preparesNothing() throws Exception {
    launcher.places("usage");
    serve("0");

    assertThat(user()).isEqualTo(ROOT);
    assertThat(data).doesNotExist();
  }

  @Test
  void command_whosePlacesAreNotTold_isNotRun() throws Exception {
    launcher.places("data=" + data);

    assertThat(serve("0")).contains("cannot tell what this command reads").endsWith("exit code 1");
    assertThat(launcher.started()).isEmpty();
  }

  @Test
  void serve_storeOfRoots_isHandedOverWithoutFollowingLinks() throws Exception {
    Path outside = secret("outside", "of root");
    makeStore();
    Files.createSymbolicLink(data.resolve("journal/link"), outside);
    Files.createSymbolicLink(data.resolve("folder"), outside.getParent());

    assertThat(serve("0")).contains("all in it are user strikegrid's from now on");

    assertThat(StandInLauncher.owner(outside)).isEqualTo(ROOT);
    assertThat(StandInLauncher.owner(outside.resolveSibling("."))).isEqualTo(ROOT);
    try (Stream<Path> all = Files.walk(data)) {
      for (Path each : all.toList()) {
        assertThat(StandInLauncher.owner(each)).as(each.toString()).isEqualTo(user());
      }
    }
  }

  @Test
  void serve_emptyFolderOfRoots_isHandedOver() throws Exception {
    Files.createDirectories(data.resolve("lost+found"));

    assertThat(serve("0")).endsWith("exit code 0");
    assertThat(StandInLauncher.owner(data)).isEqualTo(user());
    assertThat(StandInLauncher.owner(data.resolve("lost+found"))).isEqualTo(ROOT);
  }

  @Test
  void serve_storeThatWasHandedOver_isNotHandedOverAgain() throws Exception {
    makeStore();
    serve("0");
    Path planted = Files.writeString(data.resolve("journal/0000000000000001.segment"), "");

    assertThat(serve("0"))
        .contains(planted + " is not user strikegrid's")
        .contains("chown -hR strikegrid: " + data)
        .endsWith("exit code 1");
    assertThat(StandInLauncher.owner(planted)).isEqualTo(ROOT);
  }

  @Test
  void serve_fileOfASecondName_isNotGivenAway() throws Exception {
    Path outside = secret("outside", "of root");
    makeStore();
    Files.createLink(data.resolve("journal/x"), outside);

    assertThat(serve("0"))
        .contains(data + "/journal/x has a second name somewhere")
        .endsWith("exit code 1");
    assertThat(StandInLauncher.owner(outside)).isEqualTo(ROOT);
    assertThat(StandInLauncher.owner(data)).isEqualTo(ROOT);
    assertThat(mode(data)).isEqualTo(0711);
  }

  @Test
  void serve_folderOfRootsWithOtherThings_isLeftAlone() throws Exception {
    Files.createDirectories(data);
    Path other = Files.writeString(data.resolve("passwd"), "");

    assertThat(serve("0")).contains("is root's, and Java runs as user").endsWith("exit code 1");
    assertThat(StandInLauncher.owner(data)).isEqualTo(ROOT);
    assertThat(StandInLauncher.owner(other)).isEqualTo(ROOT);
  }

  @Test
  void serve_folderThatOthersMayChange_isLeftAlone() throws Exception {
    makeStore();
    StandInLauncher.allow(data, "rwxrwxrwx");

    assertThat(serve("0")).contains("must be writable by its owner alone").endsWith("exit code 1");
    assertThat(StandInLauncher.owner(data)).isEqualTo(ROOT);
  }

  @Test
  void serve_storeByALinkOfTheUsers_isLeftAlone() throws Exception {
    makeStore();
    Path theirs = Files.createDirectories(folder.toRealPath().resolve("theirs"));
    Path link = Files.createSymbolicLink(theirs.resolve("data"), data);
    own(theirs);
    launcher.places("data=" + link, "end");

    assertThat(serve("0")).contains("is root's, and Java runs as user").endsWith("exit code 1");
    assertThat(StandInLauncher.owner(data)).isEqualTo(ROOT);
  }

  @Test
  void serve_folderOfSomebodyElse_saysWhose() throws Exception {
    Files.createDirectories(data);
    Files.setOwner(
        data, data.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("daemon"));

    assertThat(serve("0"))
        .contains("is user daemon's; start this as that user, or with STRIKEGRID_USER=daemon")
        .endsWith("exit code 1");
  }

  @Test
  void serve_folderBelowAClosedOne_namesThatAndChangesNothing() throws Exception {
    Path closed = Files.createDirectories(folder.toRealPath().resolve("closed"));
    StandInLauncher.allow(closed, "rwx------");
    launcher.places("data=" + closed.resolve("a/data"), "end");

    assertThat(serve("0"))
        .contains(
            "cannot enter " + closed + "; choose a folder elsewhere for " + closed + "/a/data,")
        .endsWith("exit code 1");
    assertThat(closed).isEmptyDirectory();
    assertThat(mode(closed)).isEqualTo(0700);
  }

  @Test
  void serve_fileThatRootAloneReads_isCopiedForTheUserAndAgainWhereItChanges() throws Exception {
    Path tokens = secret("tokens", "old");
    launcher.places("file=" + tokens, "end");
    Process process = start(Map.of(), "serve", "wait");
    launcher.awaitStarted(1);
    Path copy = Path.of(copies().toString(), tokens.toString());

    assertThat(copy).hasContent("old");
    assertThat(StandInLauncher.owner(copy)).isEqualTo(user());
    assertThat(mode(copy)).isEqualTo(0600);
    assertThat(mode(copies())).isEqualTo(0700);

    Files.writeString(tokens, "new");
    Await.until("another copy", () -> Files.readString(copy).equals("new"));
    process.destroy();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void serve_copyMadeALinkByTheUser_neverChangesWhatItLeadsTo() throws Exception {
    Path outside = secret("outside", "of root");
    Path tokens = secret("tokens", "old");
    launcher.places("file=" + tokens, "end");
    Process process = start(Map.of(), "serve", "wait");
    launcher.awaitStarted(1);
    Path copy = Path.of(copies().toString(), tokens.toString());
    Path unfinished = copy.resolveSibling("tokens.new");
    Files.createSymbolicLink(unfinished, outside);
    own(unfinished);

    Files.writeString(tokens, "new");
    Await.until(
        "a word of it", () -> process.inputReader().readLine().contains("could not be copied"));
    assertThat(outside).hasContent("of root");
    process.destroy();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void serve_fileInAFolderOfTheUsers_isNotReadForIt() throws Exception {
    Path theirs = Files.createDirectories(folder.toRealPath().resolve("theirs"));
    Path link = Files.createSymbolicLink(theirs.resolve("tokens"), secret("shadow", "secret"));
    own(theirs);
    launcher.places("file=" + link, "end");

    assertThat(serve("0"))
        .contains("cannot read " + link + " and could put another in its place")
        .endsWith("exit code 1");
  }

  @Test
  void serve_fileThatTheUserReads_isNotCopied() throws Exception {
    Path file = Files.writeString(folder.toRealPath().resolve("open"), "");
    StandInLauncher.allow(file, "rw-r--r--");
    launcher.places("file=" + file, "end");
    serve("0");

    assertThat(launcher.started().getFirst()).doesNotContain("strikegrid.files");
  }

  @Test
  void serve_logThatTheUserCannotWrite_isTold() throws Exception {
    Path log = secret("server.log", "");

    assertThat(serve(Map.of("STRIKEGRID_LOG_FILE", log.toString()), "0"))
        .contains("who cannot write the log " + log)
        .endsWith("exit code 1");
  }

  @Test
  void serve_logInAFolderThatIsNotThere_isMade() throws Exception {
    Path log = folder.toRealPath().resolve("logs/server.log");

    assertThat(serve(Map.of("STRIKEGRID_LOG_FILE", log.toString()), "0")).endsWith("exit code 0");
    assertThat(StandInLauncher.owner(log.resolveSibling("."))).isEqualTo(user());
  }

  @Test
  void serve_jdkThatIsClosed_isNamed() throws Exception {
    StandInLauncher.allow(launcher.jdk(), "rwx------");

    assertThat(serve("0"))
        .contains("cannot use the JDK in " + launcher.jdk())
        .endsWith("exit code 1");
  }

  @Test
  void serve_jarsThatAreClosed_areCopiedWhereRootAloneChangesThem() throws Exception {
    StandInLauncher.allow(launcher.root(), "rwx------");
    try {
      assertThat(serve("0")).endsWith("exit code 0");

      Path jars = jars();
      assertThat(jars).startsWith(CACHE);
      assertThat(StandInLauncher.owner(jars)).isEqualTo(ROOT);
      assertThat(mode(jars)).isEqualTo(0755);
      assertThat(jars.resolve("server-1.jar")).exists();

      Files.writeString(launcher.source("server/src/main/A.java"), "another build");
      serve("0");
      assertThat(jars).doesNotExist();
    } finally {
      remove(jars().resolve("..").normalize());
    }
  }

  private Path jars() throws IOException {
    String last = launcher.started().getLast();
    return Path.of(last.replaceFirst(".* -cp ", "").replaceFirst("/\\*:.*", ""));
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  private void makeStore() throws IOException {
    Files.createDirectories(data.resolve("postgres/base"));
    Files.createDirectories(data.resolve("journal"));
    StandInLauncher.allow(data, "rwx--x--x");
    for (String file :
        List.of("start.lock", "users.lock", "postgres/base/1", "postgres.password")) {
      Files.writeString(data.resolve(file), "");
    }
    Files.setOwner(
        data.resolve("postgres"),
        data.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
  }

  /** A file that root alone can read, in a folder that it alone can enter. */
  private Path secret(String name, String text) throws IOException {
    Path closed = Files.createDirectories(folder.toRealPath().resolve("secret"));
    StandInLauncher.allow(closed, "rwx------");
    Path file = Files.writeString(closed.resolve(name), text);
    StandInLauncher.allow(file, "rw-------");
    return file;
  }

  private static void own(Path path) throws IOException {
    Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .setOwner(path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(USER));
  }

  private static int mode(Path path) throws IOException {
    return (int) Files.getAttribute(path, "unix:mode") & 07777;
  }

  /** The folder of copies that Java was started with. */
  private Path copies() throws IOException {
    String word = launcher.started().getFirst().replaceFirst(".*-Dstrikegrid.files=", "");
    return Path.of(word.replaceFirst(" .*", ""));
  }

  private int user() throws IOException {
    return user(0);
  }

  private int user(int start) throws IOException {
    return Integer.parseInt(launcher.started().get(start).split(" ", -1)[1]);
  }

  private long pid() throws IOException {
    return Long.parseLong(launcher.started().getFirst().split(" ", -1)[0]);
  }

  private String serve(String... codes) throws Exception {
    return serve(Map.of(), codes);
  }

  private String serve(Map<String, String> variables, String... codes) throws Exception {
    return run(variables, "serve", codes);
  }

  private String run(Map<String, String> variables, String command, String... codes)
      throws Exception {
    Process process = start(variables, command, codes);
    return StandInLauncher.said(process) + "exit code " + process.waitFor();
  }

  private Process start(Map<String, String> variables, String command, String... codes)
      throws IOException {
    Map<String, String> all = new HashMap<>(Map.of("STRIKEGRID_USER", USER));
    all.putAll(variables);
    return launcher.start(all, List.of(command), codes);
  }
}
