package io.strikegrid.server.ingest.journal;

import java.nio.file.Path;

/** Another process, or another part of this one, has the journal open. */
public final class JournalInUseException extends JournalException {

  private static final long serialVersionUID = 1;

  JournalInUseException(Path folder, String holder) {
    super(
        "process "
            + holder
            + " takes the ticks of the journal in "
            + folder
            + ", and this server only reads them until that one ends");
  }
}
