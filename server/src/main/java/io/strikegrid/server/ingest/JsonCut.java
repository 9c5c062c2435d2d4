package io.strikegrid.server.ingest;

import java.nio.charset.StandardCharsets;

/**
 * Cuts a JSON text into the items of an array, each measured and none of them read: what an item is
 * made of takes no memory before its measures are known to be within {@link ItemBounds}. It takes
 * one pass over the bytes. Brackets are counted and not matched, since whoever reads an item within
 * its bounds does that. For one thread.
 */
public final class JsonCut {

  private static final int LONGEST_NAME = 200;
  private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final byte[] text;
  private int at;
  private long values;

  /** At the beginning of a text in UTF-8; a byte order mark is passed over. */
  public JsonCut(byte[] text) {
    this.text = text;
    boolean isMarked = text.length >= MARK.length;
    for (int i = 0; i < MARK.length && isMarked; i++) {
      isMarked = text[i] == MARK[i];
    }
    this.at = isMarked ? MARK.length : 0;
  }

  /**
   * An item where it stands in the text.
   *
   * @param offset of its first byte
   * @param length in bytes
   * @param depth of the deepest array or object in it; 0 for a text or number
   * @param members of it itself
   * @param values in all of it, itself left out
   */
  public record Item(int offset, int length, int depth, int members, int values) {}

  /** The next byte that is no blank, and stays there; -1 at the end. */
  public int peek() {
    while (at < text.length && isBlank(text[at])) {
      at++;
    }
    return at < text.length ? text[at] & 0xff : -1;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  /** Passes over a byte, if that comes next. */
  public boolean takes(char expected) {
    boolean isThere = peek() == expected;
    at += isThere ? 1 : 0;
    return isThere;
  }

  /** Passes over a byte that must come next. */
  public void take(char expected) throws BadJson {
    if (!takes(expected)) {
      throw bad();
    }
  }

  /** A name and its colon, or a text alone, without escapes. */
  public String name() throws BadJson {
    if (peek() != '"') {
      throw bad();
    }
    int from = at + 1;
    skipText();
    int length = at - 1 - from;
    if (length > LONGEST_NAME) {
      throw new BadJson("a name or text of more than " + LONGEST_NAME + " bytes");
    }
    return new String(text, from, length, StandardCharsets.UTF_8);
  }

  /** Measures the next item and passes over it. */
  public Item item() throws BadJson {
    int first = peek();
    int from = at;
    int depth = 0;
    int deepest = 0;
    int members = 0;
    long before = values;
    boolean wasOpened = false;
    do {
      int next = peek();
      int around = depth;
      depth += pass(next);
      if (depth < 0 || (depth == 0 && next == ',')) {
        throw bad();
      }
      deepest = Math.max(deepest, depth);
      boolean begins = wasOpened && depth >= around;
      if (next == ',' || begins) {
        count();
        members += around == 1 ? 1 : 0;
      }
      wasOpened = isOpening(next);
    } while (depth > 0);
    boolean isStructure = isOpening(first);
    return new Item(
        from,
        at - from,
        deepest,
        isStructure ? members : 0,
        (int) Math.min(values - before, Integer.MAX_VALUE));
  }

  /** Passes over what begins with a byte; by how much that leads deeper. */
  private int pass(int first) throws BadJson {
    switch (first) {
      case -1 -> throw bad();
      case '"' -> skipText();
      case '{', '[', '}', ']', ',', ':' -> at++;
      default -> skipWord();
    }
    boolean isClosing = first == '}' || first == ']';
    return isOpening(first) ? 1 : isClosing ? -1 : 0;
  }

  private static boolean isOpening(int b) {
    return b == '{' || b == '[';
  }

  private void count() throws BadJson {
    values++;
    if (values > ItemBounds.MOST_VALUES_OF_A_BODY) {
      throw new BadJson("more than " + ItemBounds.MOST_VALUES_OF_A_BODY + " values");
    }
  }

  private void skipText() throws BadJson {
    at++;
    while (at < text.length && text[at] != '"') {
      at += text[at] == '\\' ? 2 : 1;
    }
    if (at >= text.length) {
      at = text.length;
      throw bad();
    }
    at++;
  }

  /** A number, a word, or anything else up to where it must end. */
  private void skipWord() {
    while (at < text.length && !isBlank(text[at]) && "{}[],:\"".indexOf(text[at]) < 0) {
      at++;
    }
  }

  /** Says that here is what cannot be. */
  public BadJson bad() {
    return new BadJson("what is no JSON");
  }

  /** The line here, from 1. */
  public long line() {
    long line = 1;
    for (int i = 0; i < at; i++) {
      line += text[i] == '\n' ? 1 : 0;
    }
    return line;
  }
}
