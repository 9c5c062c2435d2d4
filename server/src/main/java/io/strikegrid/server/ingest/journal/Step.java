package io.strikegrid.server.ingest.journal;

import java.util.concurrent.CompletableFuture;

/** What the journal's thread is asked to do. */
sealed interface Step {

  /** Writes a batch; done once it is durable. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Append(byte[] batch, CompletableFuture<Void> done) implements Step {}

  /** Lets go of a batch. */
  record Release(Entry entry) implements Step {}

  /** Ends, once everything asked before is done. */
  record Stop() implements Step {}
}
