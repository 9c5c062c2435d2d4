package io.strikegrid.server.platform.log;

import ch.qos.logback.classic.pattern.MessageConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;

/** An event's words, cut where they are long, with no character that a terminal would obey. */
public final class PlainMessage extends MessageConverter {

  private static final int LONGEST = 2000;

  /** Called by the library that writes. */
  public PlainMessage() {}

  @Override
  public String convert(ILoggingEvent event) {
    return PlainText.of(event.getFormattedMessage(), LONGEST);
  }
}
