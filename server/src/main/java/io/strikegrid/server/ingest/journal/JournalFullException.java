package io.strikegrid.server.ingest.journal;

/** More waits to be handed out than may; nothing was taken. */
public final class JournalFullException extends JournalException {

  private static final long serialVersionUID = 1;

  JournalFullException(long waiting, long most) {
    super("at most " + most + " bytes of batches may wait to be taken; have " + waiting);
  }
}
