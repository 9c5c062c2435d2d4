package io.strikegrid.server.ingest;

import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a symbol may be made of. Letters are those of ASCII, or of one other script whose letters
 * are not taken for those: a symbol that looks like another one, to somebody who reads it, is none.
 */
public final class SymbolCheck {

  private static final String RULE =
      "1 to 40 letters, digits, spaces or any of & - _ . ^, the letters of one script";
  private static final String LOOK =
      "of letters A to Z alone, or of another script that does not look like them";
  private static final Pattern SYMBOL = Pattern.compile("[\\p{L}\\p{M}0-9&_.^ -]{1,40}");

  /** Scripts without letters that look like Latin ones. */
  private static final Set<UnicodeScript> APART =
      EnumSet.of(
          UnicodeScript.HAN,
          UnicodeScript.HIRAGANA,
          UnicodeScript.KATAKANA,
          UnicodeScript.HANGUL,
          UnicodeScript.DEVANAGARI,
          UnicodeScript.BENGALI,
          UnicodeScript.TAMIL,
          UnicodeScript.THAI,
          UnicodeScript.ARABIC,
          UnicodeScript.HEBREW);

  private SymbolCheck() {}

  /** Refuses a text that is no symbol, by what is wrong with it. */
  public static void check(String field, String text) throws RefusedRow {
    if (!SYMBOL.matcher(text).matches() || text.isBlank()) {
      throw new RefusedRow("bad_symbol", field, text, RULE);
    }
    Set<UnicodeScript> scripts = EnumSet.noneOf(UnicodeScript.class);
    boolean isApart = true;
    for (int c : text.codePoints().filter(c -> c >= 128 || Character.isLetter(c)).toArray()) {
      UnicodeScript script = UnicodeScript.of(c);
      scripts.add(script);
      isApart &= c < 128 || APART.contains(script);
    }
    if (scripts.size() > 1 || !isApart) {
      throw new RefusedRow("lookalike_symbol", field, text, LOOK);
    }
  }
}
