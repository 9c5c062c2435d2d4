package io.strikegrid.server.platform.watch;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;

/**
 * Keeps what libraries say of a database that does not answer out of the log: each of them says it
 * at every try, with its trace, while {@link Patrol} tells it once. Named in {@code logback.xml}.
 */
public final class LostConnectionFilter extends Filter<ILoggingEvent> {

  private static final String OURS = "io.strikegrid.";

  @Override
  public FilterReply decide(ILoggingEvent event) {
    IThrowableProxy thrown = event.getThrowableProxy();
    boolean isTold =
        thrown instanceof ThrowableProxy proxy
            && !event.getLoggerName().startsWith(OURS)
            && LostConnection.isCauseOf(proxy.getThrowable());
    return isTold ? FilterReply.DENY : FilterReply.NEUTRAL;
  }
}
