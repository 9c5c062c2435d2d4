package io.strikegrid.server.store;

import io.strikegrid.server.platform.http.Outage;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Nothing more is written for want of room on the disk; what is stored can be read. */
public final class DiskFullException extends StoreException implements Outage {

  private static final long serialVersionUID = 1;

  private DiskFullException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** Fewer bytes are free than are kept free. */
  static DiskFullException belowReserve(Path folder, long free, long needed) {
    return new DiskFullException(
        "writes are refused for want of room: "
            + free
            + " bytes are free on the disk of "
            + folder
            + ", and "
            + needed
            + " are needed",
        null);
  }

  /** The database itself found no room. */
  static DiskFullException refused(String reason, Throwable cause) {
    return new DiskFullException("the database has no room on its disk: " + reason, cause);
  }

  @Override
  public String told() {
    return String.valueOf(getMessage());
  }
}
