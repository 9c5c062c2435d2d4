package io.strikegrid.server.platform.http;

import java.util.List;
import java.util.Optional;

/** What a resource answers, ready to be written as JSON and, where it has columns, as CSV. */
public interface Answer extends JsonBody {

  /**
   * What the content depends on beside the request itself, such as the generations it was read at:
   * while this is the same, so is every byte. Empty where only the content itself can tell.
   */
  default Optional<String> version() {
    return Optional.empty();
  }

  /** Columns of the table; empty where it has no such form. */
  default List<String> columns() {
    return List.of();
  }

  /** Writes the rows of the table; never called without columns. */
  default void writeRows(CsvTable out) {
    throw new UnsupportedOperationException("there is no table without columns");
  }
}
