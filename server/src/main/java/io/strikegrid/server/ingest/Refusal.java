package io.strikegrid.server.ingest;

import io.strikegrid.server.platform.http.JsonWriter;
import java.io.IOException;
import java.util.regex.Pattern;

/**
 * Why a row was not taken.
 *
 * @param code a word that counts are kept by
 * @param field the column or field at fault
 * @param value what it held
 * @param allowed what is allowed there
 */
public record Refusal(String code, String field, String value, String allowed) {

  private static final int LONGEST_VALUE = 100;
  private static final Pattern UNSHOWN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");

  /** Shortens field and value and takes out what a terminal might act on. */
  public Refusal {
    field = shown(field);
    value = shown(value);
  }

  private static String shown(String text) {
    return clean(
        text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE - 3) + "...");
  }

  /**
   * A text without what a terminal or a reader's eye might act on: control characters of either
   * kind, marks that turn the direction of writing, and characters without width.
   */
  public static String clean(String text) {
    return UNSHOWN.matcher(text).replaceAll("?");
  }

  /** Whether no single field is at fault, but the bar or tick as a whole. */
  public boolean isWhole() {
    return field.equals("bar") || field.equals("tick");
  }

  /**
   * Writes it as an answer names it.
   *
   * @param index position of the bar or tick in its request
   */
  public void writeJson(JsonWriter out, int index) throws IOException {
    out.startObject();
    out.whole("index", index);
    out.text("field", isWhole() ? null : field);
    out.text("value", value);
    out.text("code", code);
    out.text("message", message());
    out.endObject();
  }

  /** The refusal as a sentence. */
  public String message() {
    return field + " must be " + allowed + "; have '" + value + "'";
  }
}
