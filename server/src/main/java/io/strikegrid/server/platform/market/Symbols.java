package io.strikegrid.server.platform.market;

import java.util.Locale;

/** The one way in which names of underlyings are compared. */
final class Symbols {

  private Symbols() {}

  /** Upper case, without spaces at the ends, every run of white space inside as one space. */
  static String normalized(String name) {
    return name.strip().replaceAll("\\s+", " ").toUpperCase(Locale.ROOT);
  }
}
