package io.strikegrid.server.ingest.journal;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Appends numbered batches without end, and prints each number once it is durable. */
final class AppendingProcess {

  private AppendingProcess() {}

  public static void main(String[] arguments) {
    Journal journal = Journal.open(new JournalConfig(Path.of(arguments[0]), 2_000, 1L << 30));
    for (int i = 0; true; i++) {
      journal.append(("batch " + i + " " + "x".repeat(i % 300)).getBytes(StandardCharsets.UTF_8));
      System.out.println(i);
    }
  }
}
