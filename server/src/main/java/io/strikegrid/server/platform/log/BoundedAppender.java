package io.strikegrid.server.platform.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.spi.AppenderAttachable;
import ch.qos.logback.core.spi.AppenderAttachableImpl;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Hands events on to other appenders, but no more than so many of a kind, and of a level, in a
 * minute; what was left out is counted and told when the next minute's first event comes. One
 * thread at a time.
 */
public final class BoundedAppender extends AppenderBase<ILoggingEvent>
    implements AppenderAttachable<ILoggingEvent> {

  private static final int EACH_KIND = 20;
  private static final int EACH_LEVEL = 200;
  private static final int KINDS = 500;

  private final AppenderAttachableImpl<ILoggingEvent> appenders = new AppenderAttachableImpl<>();
  private final EventBudget budget = new EventBudget(EACH_KIND, EACH_LEVEL, KINDS);

  @Override
  protected void append(ILoggingEvent event) {
    String kind = event.getLoggerName() + " " + event.getMessage();
    EventBudget.Verdict verdict =
        budget.take(event.getTimeStamp(), event.getLevel().levelInt, kind);
    verdict.leftOut().forEach((what, count) -> tell(event, what, count));
    if (verdict.isWithin()) {
      appenders.appendLoopOnAppenders(event);
    }
  }

  private void tell(ILoggingEvent before, String kind, long count) {
    if (getContext() instanceof LoggerContext context) {
      LoggingEvent told =
          new LoggingEvent(
              BoundedAppender.class.getName(),
              context.getLogger(BoundedAppender.class.getName()),
              Level.WARN,
              "{} more like this were left out: {}",
              null,
              new Object[] {count, kind});
      told.setTimeStamp(before.getTimeStamp());
      appenders.appendLoopOnAppenders(told);
    }
  }

  @Override
  public void stop() {
    appenders.detachAndStopAllAppenders();
    super.stop();
  }

  @Override
  public void addAppender(Appender<ILoggingEvent> appender) {
    appenders.addAppender(appender);
  }

  @Override
  public Iterator<Appender<ILoggingEvent>> iteratorForAppenders() {
    return appenders.iteratorForAppenders();
  }

  @Override
  public @Nullable Appender<ILoggingEvent> getAppender(String name) {
    return appenders.getAppender(name);
  }

  @Override
  public boolean isAttached(Appender<ILoggingEvent> appender) {
    return appenders.isAttached(appender);
  }

  @Override
  public void detachAndStopAllAppenders() {
    appenders.detachAndStopAllAppenders();
  }

  @Override
  public boolean detachAppender(Appender<ILoggingEvent> appender) {
    return appenders.detachAppender(appender);
  }

  @Override
  public boolean detachAppender(String name) {
    return appenders.detachAppender(name);
  }
}
