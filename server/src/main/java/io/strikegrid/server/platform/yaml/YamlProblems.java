package io.strikegrid.server.platform.yaml;

import java.util.ArrayList;
import java.util.List;

/** Faults gathered while files are read, to be reported together. Used by one thread. */
public final class YamlProblems {

  private final List<String> found = new ArrayList<>();

  public void add(String where, String what) {
    found.add(where + ": " + what);
  }

  public void throwIfAny() {
    if (!found.isEmpty()) {
      throw new YamlFileException(found);
    }
  }
}
