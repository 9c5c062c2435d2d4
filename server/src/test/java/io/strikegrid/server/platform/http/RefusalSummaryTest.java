package io.strikegrid.server.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class RefusalSummaryTest {

  private final Logger log = (Logger) LoggerFactory.getLogger(RefusalSummary.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  @BeforeEach
  void listen() {
    lines.start();
    log.addAppender(lines);
  }

  @AfterEach
  void listenNoMore() {
    log.detachAppender(lines);
  }

  @Test
  void count_manyRefusals_areOneLineByCodeAndRoute() {
    RefusalSummary summary = new RefusalSummary(Duration.ofMinutes(1));
    for (int i = 0; i < 1000; i++) {
      summary.count(ProblemCode.BAD_VALUE, "/fo/latest");
    }
    summary.count(ProblemCode.NOT_FOUND, "other");
    summary.close();

    assertThat(told())
        .containsExactly(
            "refused 1001 requests within 60 s: bad_value /fo/latest 1000, not_found other 1");
  }

  @Test
  void count_oneRefusal_isToldAfterAWhile() throws InterruptedException {
    RefusalSummary summary = new RefusalSummary(Duration.ofMillis(1));
    summary.count(ProblemCode.FORBIDDEN, "/status");
    while (lines.list.isEmpty()) {
      Thread.sleep(1);
    }
    summary.close();

    assertThat(told()).containsExactly("refused 1 requests within 0 s: forbidden /status 1");
  }

  @Test
  void close_nothingRefused_saysNothing() {
    new RefusalSummary(Duration.ofMinutes(1)).close();
    assertThat(told()).isEmpty();
  }

  private List<String> told() {
    return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }
}
