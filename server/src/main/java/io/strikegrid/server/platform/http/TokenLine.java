package io.strikegrid.server.platform.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A line of the file of tokens: a role, a name, the token's hash, and what else holds for it.
 * Immutable.
 *
 * @param hash SHA-256 of the token, in hexadecimal
 * @param symbols that it may read or write; empty for all
 * @param lastDay the last day it is good on, in UTC; null for no end
 */
public record TokenLine(
    Role role, String name, String hash, Set<String> symbols, @Nullable LocalDate lastDay) {

  static final String FORM =
      "a line must be: role name sha256:hex [symbols=A,B] [expires=YYYY-MM-DD], with the role read"
          + " or write";

  private static final String HASH = "sha256:";
  private static final String SYMBOLS = "symbols=";
  private static final String EXPIRES = "expires=";
  private static final int MANDATORY = 3;

  /** Checks that it can be written in one line, and read again. */
  public TokenLine {
    symbols = Set.copyOf(symbols);
    if (role == Role.OPEN || !name.matches("\\S+")) {
      throw new IllegalArgumentException(
          "a token's role must be read or write and its name one word; have "
              + role.text()
              + " and "
              + name);
    }
    for (String symbol : symbols) {
      if (!symbol.matches("[^\\s,]+")) {
        throw new IllegalArgumentException(
            "symbols must be canonical names without spaces, separated by commas; have " + symbol);
      }
    }
  }

  /** The line of a token. */
  public static TokenLine of(
      Role role, String name, String token, Set<String> symbols, @Nullable LocalDate lastDay) {
    if (token.isBlank()) {
      throw new IllegalArgumentException("a token must not be blank");
    }
    return new TokenLine(role, name, hash(token), symbols, lastDay);
  }

  /** Reads a line; empty where it is not understood. */
  static Optional<TokenLine> parse(String line) {
    List<String> words = Arrays.asList(line.strip().split("\\s+", -1));
    if (words.size() < MANDATORY || !words.get(2).matches(HASH + "[0-9a-f]{64}")) {
      return Optional.empty();
    }
    Set<String> symbols = new TreeSet<>();
    LocalDate lastDay = null;
    for (String word : words.subList(MANDATORY, words.size())) {
      if (word.startsWith(SYMBOLS) && symbols.isEmpty()) {
        symbols.addAll(Arrays.asList(word.substring(SYMBOLS.length()).split(",", -1)));
      } else if (word.startsWith(EXPIRES) && lastDay == null) {
        lastDay = date(word.substring(EXPIRES.length()));
        if (lastDay == null) {
          return Optional.empty();
        }
      } else {
        return Optional.empty();
      }
    }
    Optional<Role> role = Role.ofToken(words.getFirst());
    if (role.isEmpty() || symbols.contains("")) {
      return Optional.empty();
    }
    return Optional.of(
        new TokenLine(
            role.get(), words.get(1), words.get(2).substring(HASH.length()), symbols, lastDay));
  }

  private static @Nullable LocalDate date(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** The line as it stands in the file. */
  public String text() {
    return role.text()
        + " "
        + name
        + " "
        + HASH
        + hash
        + (symbols.isEmpty() ? "" : " " + SYMBOLS + String.join(",", new TreeSet<>(symbols)))
        + (lastDay == null ? "" : " " + EXPIRES + lastDay);
  }

  /** From when on the token is no longer good; null for never. */
  @Nullable Instant end() {
    return lastDay == null ? null : lastDay.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /** The hash of a token, in hexadecimal. */
  static String hash(String token) {
    return HexFormat.of()
        .formatHex(Answers.sha256(token.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
  }
}
