package io.strikegrid.server.platform.watch;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.EOFException;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class UncaughtTest {

  private final Logger log = (Logger) LoggerFactory.getLogger(Uncaught.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

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
    log.setAdditive(true);
    log.setLevel(null);
  }

  @Test
  void thread_thatLostTheStore_saysNothing() throws InterruptedException {
    SQLException lost = new SQLException("I/O error", "08006", new EOFException());
    end(new IllegalStateException("Failed to rollback.", lost));

    assertThat(lines.list).isEmpty();
  }

  @Test
  void thread_thatEndsWithAnythingElse_isNamedWithItsReason() throws InterruptedException {
    end(new IllegalStateException("nobody thought of this"));

    assertThat(lines.list).hasSize(1);
    assertThat(lines.list.getFirst().getFormattedMessage())
        .isEqualTo("thread sample ended with what nobody caught");
    assertThat(lines.list.getFirst().getThrowableProxy().getMessage())
        .isEqualTo("nobody thought of this");
  }

  private static void end(RuntimeException thrown) throws InterruptedException {
    Thread.ofVirtual()
        .name("sample")
        .uncaughtExceptionHandler(new Uncaught())
        .start(() -> {
          throw thrown;
        })
        .join();
  }
}
