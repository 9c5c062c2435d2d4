package io.strikegrid.server.platform.log;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;

/** What was thrown and from where, cut where it is long; nothing where nothing was. */
public final class PlainCause extends ThrowableProxyConverter {

  private static final int LONGEST = 8000;

  /** Called by the library that writes. */
  public PlainCause() {}

  @Override
  public String convert(ILoggingEvent event) {
    String text = super.convert(event);
    return text.isEmpty()
        ? ""
        : PlainText.of(text.stripTrailing(), LONGEST) + System.lineSeparator();
  }
}
