package io.strikegrid.server.live;

import java.util.Locale;

/** How a feed is. */
public enum FeedState {
  /** It brings messages, or did until its markets closed. */
  CONNECTED,
  /** It lost its source, or has not reached it yet. */
  DISCONNECTED,
  /** It has brought nothing for longer than it may, while a market of its is open. */
  SILENT,
  /** It has brought nothing for a while, and no market of its is open. */
  IDLE;

  /** The name in answers, in lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
