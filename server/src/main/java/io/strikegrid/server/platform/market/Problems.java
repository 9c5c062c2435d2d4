package io.strikegrid.server.platform.market;

import java.util.ArrayList;
import java.util.List;

/** Faults gathered while files are read, to be reported together. Used by one thread. */
final class Problems {

  private final List<String> found = new ArrayList<>();

  void add(String where, String what) {
    found.add(where + ": " + what);
  }

  void throwIfAny() {
    if (!found.isEmpty()) {
      throw new MarketFileException(found);
    }
  }
}
