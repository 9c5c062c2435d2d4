package io.strikegrid.server.ingest.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The end of the newest segment, damaged or never finished. */
final class DamagedTailTest {

  private static final Duration NOW = Duration.ofMillis(1);
  private static final int BATCH = 50;
  private static final int RECORD = RecordFormat.HEADER + BATCH;
  private static final int BATCHES = 10;

  @TempDir Path folder;

  /** What became of a file, and how many of its ten batches are sound. */
  enum Damage {
    MIDDLE(9),
    LAST(9),
    LAST_FIVE(5),
    TRUNCATED(9),
    TRUNCATED_BETWEEN(9),
    LONG_LENGTH(9),
    ZEROS(9),
    ZEROS_FROM_THE_MIDDLE(5);

    private final int sound;

    Damage(int sound) {
      this.sound = sound;
    }

    byte[] of(byte[] file) {
      byte[] bytes = file.clone();
      int last = (BATCHES - 1) * RECORD;
      switch (this) {
        case MIDDLE -> bytes[RECORD * BATCHES / 2 + 40] ^= 1;
        case LAST -> bytes[last + 40] ^= 1;
        case LAST_FIVE -> {
          for (int i = 5; i < BATCHES; i++) {
            bytes[i * RECORD + 40] ^= 1;
          }
        }
        case TRUNCATED -> {
          return Arrays.copyOf(bytes, last + RECORD / 2);
        }
        case TRUNCATED_BETWEEN -> {
          return Arrays.copyOf(bytes, last);
        }
        case LONG_LENGTH -> ByteBuffer.wrap(bytes).putInt(3 * RECORD + 4, Integer.MAX_VALUE);
        case ZEROS -> Arrays.fill(bytes, last, bytes.length, (byte) 0);
        case ZEROS_FROM_THE_MIDDLE ->
            Arrays.fill(bytes, BATCHES / 2 * RECORD, bytes.length, (byte) 0);
      }
      return bytes;
    }
  }

  @ParameterizedTest
  @EnumSource(Damage.class)
  void open_afterBatchesThatWereAnsweredWereDamaged_hasTheOthersAndTellsIt(Damage damage)
      throws Exception {
    fill();
    Path segment = segment();
    Files.write(segment, damage.of(Files.readAllBytes(segment)));

    try (Journal journal = open()) {
      assertThat(takeAll(journal, true)).hasSize(damage.sound);
      assertThat(journal.damages()).isNotEmpty();
      assertThat(journal.kept().orElseThrow()).contains("may be lost");
    }
    assertThat(damaged()).hasSize(1);
    try (Journal again = open()) {
      assertThat(again.damages()).isEmpty();
      assertThat(again.kept()).isPresent();
      Files.delete(damaged().getFirst());
      assertThat(again.kept()).isEmpty();
    }
  }

  @Test
  void open_afterABatchThatWasNeverAnswered_cutsItOffAndTellsNothing() throws Exception {
    fill();
    byte[] record = Files.readAllBytes(segment());
    for (int length : new int[] {1, RecordFormat.HEADER, RECORD - 1}) {
      Files.write(segment(), Arrays.copyOf(record, length), StandardOpenOption.APPEND);
      try (Journal journal = open()) {
        assertThat(takeAll(journal, false)).hasSize(BATCHES);
        assertThat(journal.damages()).isEmpty();
        assertThat(journal.kept()).isEmpty();
      }
    }
  }

  @Test
  void open_withManyDamagedFiles_keepsTheNewestAlone() throws Exception {
    for (int i = 1; i <= 40; i++) {
      Files.writeString(folder.resolve("%016x.segment.damaged".formatted(i)), "damaged");
    }

    open().close();

    assertThat(damaged()).hasSize(16);
    assertThat(damaged().getLast().getFileName().toString()).startsWith("%016x".formatted(40));
  }

  @Test
  void close_whileItsThreadStillWrites_leavesTheFolderLockedUntilThatEnds() throws Exception {
    Journal journal = open();
    CountDownLatch written = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    CompletableFuture<Void> slow = new CompletableFuture<>();
    CompletableFuture<Void> ended =
        slow.thenRun(() -> {
          written.countDown();
          awaitQuietly(goOn);
        });
    journal.ask(new Step.Append(new byte[BATCH], slow));
    written.await();

    journal.close(NOW);

    assertThatThrownBy(this::open).isInstanceOf(JournalInUseException.class);
    goOn.countDown();
    ended.join();
    journal.close();
    open().close();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void fill() {
    try (Journal journal = open()) {
      for (int i = 0; i < BATCHES; i++) {
        byte[] batch = new byte[BATCH];
        byte[] text = ("batch " + i).getBytes(StandardCharsets.UTF_8);
        System.arraycopy(text, 0, batch, 0, text.length);
        journal.append(batch);
      }
    }
  }

  private Journal open() {
    return Journal.open(new JournalConfig(folder, 1 << 20, 1 << 20));
  }

  private static List<byte[]> takeAll(Journal journal, boolean release)
      throws InterruptedException {
    List<byte[]> batches = new ArrayList<>();
    for (Optional<Entry> entry = journal.take(NOW); entry.isPresent(); entry = journal.take(NOW)) {
      batches.add(journal.read(entry.get()));
      if (release) {
        journal.release(entry.get());
      }
    }
    return batches;
  }

  private Path segment() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.toString().endsWith(".segment")).findFirst().orElseThrow();
    }
  }

  private List<Path> damaged() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.toString().endsWith(".damaged")).sorted().toList();
    }
  }
}
