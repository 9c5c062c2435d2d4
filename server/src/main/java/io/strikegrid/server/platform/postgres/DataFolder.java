package io.strikegrid.server.platform.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;

/**
 * The folder that holds everything the embedded PostgreSQL keeps on disk, and the names in it.
 *
 * <p>It is created for its owner only. For root it can be entered, not listed, by others, since the
 * server then runs as another user; what is secret in it is protected by itself.
 *
 * @param path absolute, without symbolic links
 */
public record DataFolder(Path path) {

  private static final String UNQUOTABLE = "\"$`\\\n";

  /**
   * Where data is kept if the user names no place: {@code /var/lib/strikegrid} for root, otherwise
   * {@code $XDG_DATA_HOME/strikegrid} or {@code ~/.local/share/strikegrid}.
   *
   * @param env the environment; a relative {@code XDG_DATA_HOME} is ignored, as its standard asks
   * @param user name of the user of the operating system
   * @param home that user's home folder
   */
  public static Path defaultDataDir(Map<String, String> env, String user, String home) {
    if (user.equals("root")) {
      return Path.of("/var/lib/strikegrid");
    }
    Path xdg = Path.of(env.getOrDefault("XDG_DATA_HOME", ""));
    Path base = xdg.isAbsolute() ? xdg : Path.of(home, ".local", "share");
    return base.resolve("strikegrid");
  }

  /** Creates the folder where it is missing, and checks that it can be written. */
  static DataFolder create(Path dataDir) throws IOException {
    Path absolute = dataDir.toAbsolutePath().normalize();
    if (absolute.toString().chars().anyMatch(c -> UNQUOTABLE.indexOf(c) >= 0)) {
      throw new EmbeddedPostgresException(
          "the path of the data folder must not contain \" $ ` \\ or a line break: " + absolute);
    }
    try {
      if (!Files.isDirectory(absolute)) {
        Files.createDirectories(absolute);
        String mode = RunAs.isRoot() ? "rwx--x--x" : "rwx------";
        Files.setPosixFilePermissions(absolute, PosixFilePermissions.fromString(mode));
      }
      requireOwnersAlone(absolute);
      DataFolder folder = new DataFolder(absolute.toRealPath());
      Path probe = Files.createTempFile(folder.path, "writable", null);
      Files.delete(probe);
      return folder;
    } catch (EmbeddedPostgresException e) {
      throw e;
    } catch (IOException e) {
      throw new EmbeddedPostgresException(
          "cannot write to the data folder " + absolute + " (" + e + "); choose another one", e);
    }
  }

  /** Whoever may write to it could put other programs and passwords in the place of ours. */
  private static void requireOwnersAlone(Path folder) throws IOException {
    Set<PosixFilePermission> mode = Files.getPosixFilePermissions(folder);
    if (mode.contains(PosixFilePermission.GROUP_WRITE)
        || mode.contains(PosixFilePermission.OTHERS_WRITE)) {
      throw new EmbeddedPostgresException(
          "the data folder "
              + folder
              + " must be writable by its owner alone; have "
              + PosixFilePermissions.toString(mode)
              + "; see that all in it is yours, then: chmod go-w "
              + folder);
    }
  }

  Path cluster() {
    return path.resolve("postgres");
  }

  Path unfinishedCluster() {
    return path.resolve("postgres.unfinished");
  }

  Path runtime() {
    return path.resolve("runtime");
  }

  Path passwordFile() {
    return path.resolve("postgres.password");
  }

  Path readPasswordFile() {
    return path.resolve("postgres.read.password");
  }

  Path log() {
    return path.resolve("postgres.log");
  }

  Path startLock() {
    return path.resolve("start.lock");
  }

  Path usersLock() {
    return path.resolve("users.lock");
  }

  Path portFile() {
    return path.resolve("postgres.port");
  }

  Path hostFile() {
    return path.resolve("postgres.host");
  }
}
