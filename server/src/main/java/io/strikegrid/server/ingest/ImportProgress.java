package io.strikegrid.server.ingest;

import java.nio.file.Path;

/** Told how an import gets on. */
public interface ImportProgress {

  /** Nobody is told. */
  ImportProgress SILENT =
      new ImportProgress() {
        @Override
        public void read(Path file, long bytes, long total) {
          // nobody is told
        }

        @Override
        public void committed(String day, int done, int days) {
          // nobody is told
        }
      };

  /** So many bytes of a file have been read. */
  void read(Path file, long bytes, long total);

  /** A trading day has been committed. */
  void committed(String day, int done, int days);
}
