package io.strikegrid.server.ingest.journal;

/** The journal cannot be opened, written or read. */
public sealed class JournalException extends RuntimeException
    permits JournalFullException, JournalInUseException {

  private static final long serialVersionUID = 1;

  JournalException(String message) {
    super(message);
  }

  JournalException(String message, Throwable cause) {
    super(message, cause);
  }
}
