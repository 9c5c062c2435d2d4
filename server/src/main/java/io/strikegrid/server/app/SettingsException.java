package io.strikegrid.server.app;

import java.util.List;

/** Settings that do not fit, all of them together. */
final class SettingsException extends IllegalArgumentException {

  private static final long serialVersionUID = 1;

  SettingsException(List<String> problems) {
    super(
        problems.size() == 1
            ? problems.getFirst()
            : problems.size() + " settings do not fit:\n  " + String.join("\n  ", problems));
  }
}
