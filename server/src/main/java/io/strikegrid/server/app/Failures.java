package io.strikegrid.server.app;

import io.strikegrid.server.ingest.ImportException;
import io.strikegrid.server.ingest.journal.JournalException;
import io.strikegrid.server.ingest.replay.ReplayException;
import io.strikegrid.server.platform.http.ListenException;
import io.strikegrid.server.platform.postgres.EmbeddedPostgresException;
import io.strikegrid.server.platform.yaml.YamlFileException;
import io.strikegrid.server.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Says in one line why a command failed; what nobody foresaw goes to the log with its trace. */
final class Failures implements IExecutionExceptionHandler {

  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  @Override
  public int handleExecutionException(
      Exception e, CommandLine commandLine, ParseResult parseResult) {
    boolean foreseen =
        e instanceof StoreException
            || e instanceof YamlFileException
            || e instanceof ImportException
            || e instanceof ReplayException
            || e instanceof EmbeddedPostgresException
            || e instanceof JournalException
            || e instanceof ListenException
            || e instanceof IllegalArgumentException;
    commandLine.getErr().println("strikegrid: " + Printed.text(e.getMessage()));
    if (!foreseen) {
      LOG.error("{} failed", commandLine.getCommandName(), e);
    }
    return 1;
  }
}
