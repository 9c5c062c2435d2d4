package io.strikegrid.server.platform.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may ask: the hashes of tokens, each with a name and a role. A token with two roles has two
 * lines. The tokens themselves are nowhere, so reading the file gives nobody access. Immutable.
 */
public final class Tokens {

  private static final Logger LOG = LoggerFactory.getLogger(Tokens.class);
  private static final String HASH = "sha256:";
  private static final String FORM =
      "a line must be: role name sha256:hex, with the role read or write";

  private final List<Entry> entries;

  private Tokens(List<Entry> entries) {
    this.entries = List.copyOf(entries);
  }

  @SuppressWarnings("ArrayRecordComponent") // compared by MessageDigest.isEqual alone
  private record Entry(Role role, String name, byte[] hash) {}

  /**
   * Reads a file of tokens: a line each, empty lines and those that start with # left out.
   *
   * @throws IllegalArgumentException naming every line that is not understood, or where there is no
   *     token
   * @throws IOException where the file cannot be read
   */
  public static Tokens read(Path file) throws IOException {
    if (!Files.isReadable(file)) {
      throw new IllegalArgumentException("the file of tokens " + file + " cannot be read");
    }
    warnWhereOpen(file);
    List<String> faults = new ArrayList<>();
    List<Entry> entries = new ArrayList<>();
    List<String> lines = Files.readAllLines(file);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        int number = i + 1;
        parse(line)
            .ifPresentOrElse(
                entries::add, () -> faults.add(file + ", line " + number + ": " + FORM));
      }
    }
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", faults));
    }
    if (entries.isEmpty()) {
      throw new IllegalArgumentException(file + " must have a token; have none");
    }
    return new Tokens(entries);
  }

  private static Optional<Entry> parse(String line) {
    String[] words = line.split("\\s+", 4);
    if (words.length != 3 || !words[2].matches(HASH + "[0-9a-f]{64}")) {
      return Optional.empty();
    }
    byte[] hash = HexFormat.of().parseHex(words[2].substring(HASH.length()));
    return Role.ofToken(words[0]).map(role -> new Entry(role, words[1], hash));
  }

  private static void warnWhereOpen(Path file) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view != null
        && view.readAttributes().permissions().contains(PosixFilePermission.OTHERS_READ)) {
      LOG.warn("everybody on this machine can read {}; it should be its owner's alone", file);
    }
  }

  /**
   * The line that stands for a token.
   *
   * @param role read or write
   * @param name whose it is, without white space
   */
  public static String line(Role role, String name, String token) {
    if (role == Role.OPEN || !name.matches("\\S+") || token.isBlank()) {
      throw new IllegalArgumentException(
          "a token must not be blank, its role read or write and its name one word; have "
              + role.text()
              + " and "
              + name);
    }
    return role.text() + " " + name + " " + HASH + HexFormat.of().formatHex(hash(token));
  }

  /** What a token lets its owner do; empty where nobody knows it. Takes as long whichever it is. */
  Optional<Token> find(String token) {
    byte[] hash = hash(token);
    Set<Role> roles = EnumSet.noneOf(Role.class);
    String name = "";
    for (Entry entry : entries) {
      if (MessageDigest.isEqual(entry.hash, hash)) {
        roles.add(entry.role);
        name = entry.name;
      }
    }
    return roles.isEmpty() ? Optional.empty() : Optional.of(new Token(name, roles));
  }

  private static byte[] hash(String token) {
    return Answers.sha256().digest(token.getBytes(StandardCharsets.UTF_8));
  }
}
