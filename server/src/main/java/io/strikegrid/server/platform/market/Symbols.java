package io.strikegrid.server.platform.market;

/** The one way in which names of underlyings are compared. */
final class Symbols {

  private Symbols() {}

  private static final int ASCII = 128;

  /**
   * Upper case, without spaces at the ends, every run of white space inside as one space. A letter
   * that is not of ASCII does not become one that is, such as the i without a dot: a name that only
   * looks like another is not the other.
   */
  static String normalized(String name) {
    String plain = name.strip().replaceAll("\\s+", " ");
    StringBuilder upper = new StringBuilder(plain.length());
    plain
        .codePoints()
        .forEach(c -> {
          int as = Character.toUpperCase(c);
          upper.appendCodePoint(c >= ASCII && as < ASCII ? c : as);
        });
    return upper.toString();
  }
}
