package io.strikegrid.server.platform.log;

/** Text as it may stand in a log. */
final class PlainText {

  private PlainText() {}

  /**
   * A text without control characters other than tabs and ends of lines, cut where it is long.
   *
   * @param longest most characters that are kept
   */
  static String of(String text, int longest) {
    String kept = text.length() > longest ? text.substring(0, longest) : text;
    StringBuilder plain = new StringBuilder(kept.length() + 32);
    kept.chars().forEach(c -> plain.append(isPlain(c) ? (char) c : '?'));
    if (kept.length() < text.length()) {
      plain.append("... (").append(text.length() - longest).append(" characters more)");
    }
    return plain.toString();
  }

  private static boolean isPlain(int c) {
    return c == '\n'
        || c == '\t'
        || !(Character.isISOControl(c) || Character.getType(c) == Character.FORMAT);
  }
}
