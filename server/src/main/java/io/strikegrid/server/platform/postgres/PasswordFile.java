package io.strikegrid.server.platform.postgres;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.Base64;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the generated password: 32 random bytes as URL-safe Base64, readable by the owner only. */
final class PasswordFile {

  private static final int BYTES = 32;

  private static final Logger LOG = LoggerFactory.getLogger(PasswordFile.class);

  private PasswordFile() {}

  static String read(Path file) throws IOException {
    if (!Folders.isOwnersAlone(file)) {
      LOG.warn("others could read {}; from now on only its owner can", file);
      Folders.makeOwnersAlone(file);
    }
    String password = Files.readString(file).strip();
    if (password.isEmpty()) {
      throw new EmbeddedPostgresException("the password file " + file + " is empty");
    }
    return password;
  }

  static String readOrCreate(Path file) throws IOException {
    if (!Files.exists(file)) {
      byte[] random = new byte[BYTES];
      new SecureRandom().nextBytes(random);
      Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
      Files.deleteIfExists(unfinished);
      write(unfinished, Base64.getUrlEncoder().withoutPadding().encodeToString(random));
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }
    return read(file);
  }

  /** Writes a secret to a file of the owner's, on disk when it returns. */
  static void write(Path file, String secret) throws IOException {
    try (FileChannel channel = Folders.openOwnerOnly(file)) {
      channel.write(StandardCharsets.UTF_8.encode(secret + "\n"));
      channel.force(true);
    }
  }
}
