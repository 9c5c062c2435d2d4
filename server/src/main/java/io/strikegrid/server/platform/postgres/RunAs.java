package io.strikegrid.server.platform.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The user as whom PostgreSQL's programs run. The server refuses to run as root, so root hands over
 * to {@code strikegrid}, which is created where missing, or else to {@code nobody}. Anybody else
 * runs them as they are.
 *
 * @param prefix what goes before a command so that this user runs it; empty for oneself
 * @param name the user's name, for messages
 * @param uid its number
 * @param gid the number of its group
 */
record RunAs(List<String> prefix, String name, int uid, int gid) {

  private static final String OWN_USER = "strikegrid";
  private static final Duration LIMIT = Duration.ofSeconds(20);

  static boolean isRoot() throws IOException {
    return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0;
  }

  static RunAs find() throws IOException, InterruptedException {
    if (!isRoot()) {
      return new RunAs(List.of(), System.getProperty("user.name", "the present user"), -1, -1);
    }
    Optional<RunAs> user = lookUp(OWN_USER);
    Optional<String> useradd = Command.locate("useradd");
    if (user.isEmpty() && useradd.isPresent()) {
      create(useradd.get(), OWN_USER);
      user = lookUp(OWN_USER);
    }
    if (user.isEmpty()) {
      user = lookUp("nobody");
    }
    return user.orElseThrow(() ->
        new EmbeddedPostgresException(
            "PostgreSQL refuses to run as root, and neither user strikegrid (could not be"
                + " created) nor nobody exists; create a user strikegrid, start as a normal"
                + " user, or use --db with a server of your own"));
  }

  private static void create(String useradd, String name) throws IOException, InterruptedException {
    String shell = Files.exists(Path.of("/usr/sbin/nologin")) ? "/usr/sbin/nologin" : "/bin/false";
    Command.run(
        List.of(useradd, "--system", "--user-group", "--no-create-home", "--shell", shell, name),
        LIMIT);
  }

  private static Optional<RunAs> lookUp(String name) throws IOException, InterruptedException {
    Command.Result uid = Command.run(List.of("id", "-u", name), LIMIT);
    Command.Result gid = Command.run(List.of("id", "-g", name), LIMIT);
    if (!uid.succeeded() || !gid.succeeded()) {
      return Optional.empty();
    }
    List<String> prefix = prefix(name, uid.output(), gid.output());
    return Optional.of(
        new RunAs(prefix, name, Integer.parseInt(uid.output()), Integer.parseInt(gid.output())));
  }

  private static List<String> prefix(String name, String uid, String gid)
      throws EmbeddedPostgresException {
    Optional<String> setpriv = Command.locate("setpriv");
    if (setpriv.isPresent()) {
      return List.of(setpriv.get(), "--reuid=" + uid, "--regid=" + gid, "--clear-groups", "--");
    }
    Optional<String> runuser = Command.locate("runuser");
    if (runuser.isPresent()) {
      return List.of(runuser.get(), "-u", name, "--");
    }
    Optional<String> su = Command.locate("su");
    if (su.isPresent()) {
      return List.of(su.get(), "-s", "/bin/sh", "-c", "exec \"$0\" \"$@\"", name, "--");
    }
    throw new EmbeddedPostgresException(
        "PostgreSQL refuses to run as root, and none of setpriv, runuser and su is there to run it"
            + " as "
            + name
            + "; start as a normal user, or use --db with a server of your own");
  }

  Command.Result run(List<String> command, Duration limit)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(prefix);
    all.addAll(command);
    return Command.run(all, limit);
  }

  /** Makes this user the owner of a file or of a folder with all in it; costs little if it is. */
  void own(Path path) throws IOException {
    if (prefix.isEmpty() || (int) Files.getAttribute(path, "unix:uid") == uid) {
      return;
    }
    try (Stream<Path> tree = Files.walk(path)) {
      List<Path> deepestFirst = tree.toList().reversed();
      for (Path each : deepestFirst) {
        Files.setAttribute(each, "unix:gid", gid, LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(each, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
      }
    }
  }

  /** Checks that this user can enter a folder, and if not names the folder that is closed. */
  void requireEntry(Path folder) throws IOException, InterruptedException {
    if (prefix.isEmpty() || canEnter(folder)) {
      return;
    }
    Path closed = folder;
    for (Path up = folder; up != null && !canEnter(up); up = up.getParent()) {
      closed = up;
    }
    throw new EmbeddedPostgresException(
        "PostgreSQL refuses to run as root and runs as user "
            + name
            + ", who cannot enter "
            + closed
            + "; choose a data folder elsewhere, such as /var/lib/strikegrid, or allow it with:"
            + " chmod o+x "
            + closed);
  }

  private boolean canEnter(Path folder) throws IOException, InterruptedException {
    return run(List.of("/bin/sh", "-c", "cd \"$1\"", "sh", folder.toString()), LIMIT).succeeded();
  }
}
