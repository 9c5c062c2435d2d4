package io.strikegrid.server.platform.watch;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class OutageTest {

  private final Logger log = (Logger) LoggerFactory.getLogger(OutageTest.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final AtomicLong nanos = new AtomicLong();
  private final Outage outage = new Outage(log, "the sample is away", nanos::get);

  @BeforeEach
  void listen() {
    log.setLevel(Level.INFO);
    log.setAdditive(false);
    lines.start();
    log.addAppender(lines);
  }

  @AfterEach
  void listenNoMore() {
    log.detachAppender(lines);
  }

  @Test
  void failed_manyTimes_isOneLineWhenItBeginsAndOneWhenItEnds() {
    for (int i = 0; i < 100; i++) {
      outage.failed("refused " + i);
      nanos.addAndGet(Duration.ofMillis(125).toNanos());
    }
    assertThat(outage.isOn()).isTrue();
    outage.over();
    outage.over();

    assertThat(outage.isOn()).isFalse();
    assertThat(told())
        .containsExactly(
            "WARN the sample is away: refused 0",
            "INFO over after 12.5 s and 100 failures: the sample is away");
  }

  @Test
  void failed_againAfterItWasOver_isAnotherOne() {
    outage.failed("once");
    outage.over();
    outage.failed("twice");
    outage.over();

    assertThat(told())
        .containsExactly(
            "WARN the sample is away: once",
            "INFO over after 0.0 s and 1 failure: the sample is away",
            "WARN the sample is away: twice",
            "INFO over after 0.0 s and 1 failure: the sample is away");
  }

  private List<String> told() {
    return lines.list.stream().map(e -> e.getLevel() + " " + e.getFormattedMessage()).toList();
  }
}
