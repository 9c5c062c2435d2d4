package io.strikegrid.server.app;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Texts on their way to a terminal that come from files, stores or others. */
final class Printed {

  private static final Pattern UNSHOWN =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}&&[^\\n\\t]]");

  private Printed() {}

  /** As text alone, without what a terminal might act on; lines stay lines. */
  static String text(@Nullable Object text) {
    return UNSHOWN.matcher(String.valueOf(text)).replaceAll("?");
  }
}
