package io.strikegrid.server.platform.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;

/** The log as {@code logback.xml} sets it up, in a context of its own. */
final class LogbackTest {

  @TempDir private Path folder;
  private final LoggerContext context = new LoggerContext();

  @AfterEach
  void stop() {
    context.stop();
  }

  private Logger logger(String name) throws Exception {
    URL configuration = Objects.requireNonNull(LogbackTest.class.getResource("/logback.xml"));
    context.setMDCAdapter(new LogbackMDCAdapter());
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(configuration);
    return context.getLogger(name);
  }

  private Path logFile() {
    Path file = folder.resolve("strikegrid.log");
    context.putProperty("STRIKEGRID_LOG_FILE", file.toString());
    return file;
  }

  private List<String> lines(Path file) throws IOException {
    context.stop();
    return Files.readAllLines(file);
  }

  @Test
  void message_thatIsLong_isCut() throws Exception {
    Path file = logFile();
    logger("io.strikegrid.x").warn("host {}", "b".repeat(30_000));
    assertThat(lines(file)).singleElement().asString().hasSizeLessThan(2200);
  }

  @Test
  void message_withControlCharacters_isShownAsText() throws Exception {
    Path file = logFile();
    logger("io.strikegrid.x").warn("value {}", "\u001b[31m\r\u202e");
    assertThat(lines(file)).singleElement().asString().endsWith("value ?[31m??");
  }

  @Test
  void cause_thatIsLong_isCut() throws Exception {
    Path file = logFile();
    logger("io.strikegrid.x").error("failed", new IllegalStateException("b".repeat(100_000)));
    lines(file);
    assertThat(Files.size(file)).isBetween(8000L, 9000L);
  }

  @Test
  void warning_thatComesAgainAndAgain_isToldSomeTimesAndCounted() throws Exception {
    Path file = logFile();
    Logger log = logger("org.eclipse.jetty.Some");
    for (int i = 0; i < 10_000; i++) {
      log.warn("client {} is odd", i);
    }
    assertThat(lines(file)).hasSizeBetween(20, 45); // a minute may end meanwhile
  }

  @Test
  void jetty_aboutAHostThatIsOdd_saysNothing() throws Exception {
    Path file = logFile();
    logger("org.eclipse.jetty.util.HostPort").warn("Bad Authority: [{}]", "x");
    logger("org.eclipse.jetty.http.HttpParser").warn("Encountered multiple `Host` headers.");
    assertThat(lines(file)).isEmpty();
  }

  @Test
  void file_thatIsFull_isPutAsideAndAllOfThemAreBounded() throws Exception {
    Path file = logFile();
    context.putProperty("strikegrid.log.size", "20KB");
    Logger log = logger("audit");
    String text = "x".repeat(900);
    for (int i = 0; i < 1000; i++) {
      log.info(text);
    }
    context.stop();
    try (Stream<Path> files = Files.list(folder)) {
      List<Long> sizes = files.map(LogbackTest::size).toList();
      assertThat(sizes).hasSize(10);
      assertThat(sizes.stream().mapToLong(Long::longValue).sum()).isLessThan(220L << 10);
    }
    assertThat(size(file)).isPositive();
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void log_withoutAFile_isOnStandardError() throws Exception {
    PrintStream before = System.err;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
      logger("io.strikegrid.x").info("hello");
    } finally {
      System.setErr(before);
    }
    assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("INFO").contains("hello");
  }
}
