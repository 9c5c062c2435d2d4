package io.strikegrid.server.platform.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may ask: the hashes of tokens, each with a name, a role, and what else holds for it, as a
 * file has them now. A token with two roles has two lines. The tokens themselves are nowhere, so
 * reading the file gives nobody access. One thread reads the file again; any may ask.
 */
public final class Tokens {

  private static final Logger LOG = LoggerFactory.getLogger(Tokens.class);

  private final WatchedFile file;
  private final InstantSource clock;
  private volatile Map<String, Token> known;

  private Tokens(WatchedFile file, Map<String, Token> known, InstantSource clock) {
    this.file = file;
    this.known = known;
    this.clock = clock;
  }

  /** Reads a file of tokens, to be good by the machine's clock. */
  public static Tokens read(Path file) throws IOException {
    return read(file, InstantSource.system());
  }

  /**
   * Reads a file of tokens: a line each, empty lines and those that start with # left out.
   *
   * @param clock by which tokens end
   * @throws IllegalArgumentException naming every line that is not understood, or where there is no
   *     token
   * @throws IOException where the file cannot be read
   */
  public static Tokens read(Path file, InstantSource clock) throws IOException {
    if (!Files.isReadable(file)) {
      throw new IllegalArgumentException("the file of tokens " + file + " cannot be read");
    }
    WatchedFile watched = new WatchedFile(file);
    warnWhereOpen(file);
    return new Tokens(watched, parse(file), clock);
  }

  private static Map<String, Token> parse(Path file) throws IOException {
    List<String> faults = new ArrayList<>();
    Map<String, List<TokenLine>> entries = new LinkedHashMap<>();
    List<String> lines = Files.readAllLines(file);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        int number = i + 1;
        TokenLine.parse(line)
            .ifPresentOrElse(
                one -> entries.computeIfAbsent(one.hash(), h -> new ArrayList<>()).add(one),
                () -> faults.add(file + ", line " + number + ": " + TokenLine.FORM));
      }
    }
    entries.values().stream()
        .filter(same -> !agree(same))
        .forEach(same ->
            faults.add(
                file
                    + ": the lines of token "
                    + same.getFirst().name()
                    + " must have the same name, symbols and end"));
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", faults));
    }
    if (entries.isEmpty()) {
      throw new IllegalArgumentException(file + " must have a token; have none");
    }
    Map<String, Token> tokens = new LinkedHashMap<>();
    entries.forEach((hash, same) -> tokens.put(hash, token(same)));
    return tokens;
  }

  private static boolean agree(List<TokenLine> same) {
    TokenLine first = same.getFirst();
    return same.stream()
        .allMatch(one ->
            one.name().equals(first.name())
                && one.symbols().equals(first.symbols())
                && java.util.Objects.equals(one.lastDay(), first.lastDay()));
  }

  private static Token token(List<TokenLine> same) {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    same.forEach(line -> roles.add(line.role()));
    TokenLine first = same.getFirst();
    return new Token(first.name(), roles, first.symbols(), first.end());
  }

  private static void warnWhereOpen(Path file) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view != null
        && view.readAttributes().permissions().contains(PosixFilePermission.OTHERS_READ)) {
      LOG.warn("everybody on this machine can read {}; it should be its owner's alone", file);
    }
  }

  /** Reads the file again where it changed; one that is not understood changes nothing. */
  void refresh() {
    if (!file.hasChanged()) {
      return;
    }
    try {
      Map<String, Token> before = known;
      Map<String, Token> after = parse(file.path());
      after.replaceAll((hash, token) -> {
        Token same = before.get(hash);
        return same != null && same.isSame(token) ? same : token;
      });
      known = after;
      before.forEach((hash, token) -> {
        if (after.get(hash) != token) {
          token.takeBack();
        }
      });
      LOG.info("{} was read again: {} tokens", file.path(), after.size());
    } catch (IOException | IllegalArgumentException e) {
      LOG.error("{} changed and is not taken; the tokens stay: {}", file.path(), e.getMessage());
    }
  }

  /**
   * The line that stands for a token that may do everything its role may, for good.
   *
   * @param role read or write
   * @param name whose it is, without white space
   */
  public static String line(Role role, String name, String token) {
    return TokenLine.of(role, name, token, Set.of(), null).text();
  }

  /** What a token lets its owner do; empty where nobody knows it, or it has ended. */
  Optional<Token> find(String token) {
    byte[] hash = TokenLine.hash(token).getBytes(StandardCharsets.US_ASCII);
    Token found = null;
    for (Map.Entry<String, Token> entry : known.entrySet()) {
      if (MessageDigest.isEqual(entry.getKey().getBytes(StandardCharsets.US_ASCII), hash)) {
        found = entry.getValue();
      }
    }
    return Optional.ofNullable(found).filter(one -> one.isGood(clock.instant()));
  }
}
