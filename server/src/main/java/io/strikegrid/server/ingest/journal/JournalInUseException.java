package io.strikegrid.server.ingest.journal;

import java.nio.file.Path;

/** Another process, or another part of this one, has the journal open. */
public final class JournalInUseException extends JournalException {

  private static final long serialVersionUID = 1;

  JournalInUseException(Path folder, String holder) {
    super("the journal in " + folder + " is in use by process " + holder);
  }
}
