package io.strikegrid.server.app;

import picocli.CommandLine.IVersionProvider;

/** The version of this build. */
final class Version implements IVersionProvider {

  /** The version of the sources that this was built from. */
  static final String TEXT = "0.1.0-SNAPSHOT";

  @Override
  public String[] getVersion() {
    return new String[] {"strikegrid " + TEXT};
  }
}
