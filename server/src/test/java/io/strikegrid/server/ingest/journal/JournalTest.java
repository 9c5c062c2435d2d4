package io.strikegrid.server.ingest.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JournalTest {

  private static final Duration SOON = Duration.ofSeconds(10);
  private static final Duration NOW = Duration.ofMillis(1);
  private static final long SEED = 20_250_422;

  @TempDir Path temporary;

  @Test
  void append_thenTake_isTheSameBatchInOrder() throws Exception {
    try (Journal journal = Journal.open(config(1000))) {
      append(journal, "first", "second", "third");

      assertThat(takeAll(journal)).containsExactly("first", "second", "third");
    }
  }

  @Test
  void open_afterAnEndWithoutClosing_hasEveryBatchThatWasAnswered() throws Exception {
    try (Journal journal = Journal.open(config(60))) {
      append(journal, "first", "second", "third", "fourth");
      Path copy = copy();
      try (Journal again = Journal.open(config(copy, 60))) {
        assertThat(takeAll(again)).containsExactly("first", "second", "third", "fourth");
        assertThat(again.damages()).isEmpty();
      }
    }
  }

  @Test
  void open_afterClosing_hasWhatWasNotReleased() throws Exception {
    try (Journal journal = Journal.open(config(1000))) {
      append(journal, "first", "second", "third");
      release(journal, 1);
      journal.release(journal.take(SOON).orElseThrow());
    }

    try (Journal again = Journal.open(config(1000))) {
      assertThat(takeAll(again)).containsExactly("third");
      assertThat(again.unreleased()).isOne();
    }
  }

  @Test
  void open_tornAtEveryByte_hasTheBatchesThatAreWhole() throws Exception {
    try (Journal journal = Journal.open(config(10_000))) {
      append(journal, "first", "second");
    }
    Path segment = segments().getFirst();
    byte[] whole = Files.readAllBytes(segment);
    int firstEnd = RecordFormat.HEADER + "first".length();
    for (int length = firstEnd; length < whole.length; length++) {
      Path folder = Files.createDirectory(temporary.resolve("torn" + length));
      Files.write(folder.resolve(segment.getFileName()), java.util.Arrays.copyOf(whole, length));
      try (Journal journal = Journal.open(config(folder, 10_000))) {
        assertThat(takeAll(journal)).as("torn at byte %d", length).containsExactly("first");
        assertThat(journal.damages()).isEmpty();
        append(journal, "later");
        assertThat(takeAll(journal)).containsExactly("later");
      }
    }
  }

  @Test
  void open_anyByteDamaged_keepsWhatIsBeforeAndBehindAndTellsIt() throws Exception {
    try (Journal journal = Journal.open(config(10_000))) {
      append(journal, "first", "second", "third");
    }
    Path segment = segments().getFirst();
    byte[] whole = Files.readAllBytes(segment);
    int from = RecordFormat.HEADER + "first".length();
    int to = from + RecordFormat.HEADER + "second".length();
    for (int at = from; at < to; at++) {
      Path folder = Files.createDirectory(temporary.resolve("damaged" + at));
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x55;
      Files.write(folder.resolve(segment.getFileName()), damaged);
      try (Journal journal = Journal.open(config(folder, 10_000))) {
        assertThat(takeAll(journal)).as("byte %d", at).containsExactly("first", "third");
        assertThat(journal.damages()).singleElement().asString().contains("at byte " + from);
      }
    }
  }

  @Test
  void open_randomBytes_findsNoBatchAndOpens() throws Exception {
    Random random = new Random(SEED);
    Path folder = Files.createDirectory(temporary.resolve("journal"));
    for (int i = 1; i <= 5; i++) {
      byte[] noise = new byte[5_000];
      random.nextBytes(noise);
      Files.write(folder.resolve("%016x.segment".formatted(i)), noise);
    }

    try (Journal journal = Journal.open(config(1000))) {
      assertThat(takeAll(journal)).as("seed %d", SEED).isEmpty();
      assertThat(journal.damages()).hasSize(5);
      append(journal, "first");
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.filter(f -> f.toString().endsWith(".damaged"))).hasSize(5);
    }
  }

  @Test
  @SuppressWarnings("NullAway") // a fault that the thread does not foresee
  void release_thatFails_doesNotEndTheThread() throws Exception {
    try (Journal journal = Journal.open(config(30))) {
      append(journal, "a batch of some length");
      journal.release(new Entry(null, 0, 1));
      append(journal, "x");
      assertThat(takeAll(journal)).containsExactly("a batch of some length", "x");
    }
  }

  @Test
  void release_everyBatchOfASegment_deletesIt() throws Exception {
    try (Journal journal = Journal.open(config(30))) {
      append(journal, "a batch of some length", "another of some length", "the third of them all");
      assertThat(segments()).hasSize(3);

      Entry first = journal.take(SOON).orElseThrow();
      journal.release(journal.take(SOON).orElseThrow());
      append(journal, "x"); // done behind the release
      assertThat(segments()).hasSize(3);
      journal.release(first);
      append(journal, "y");
      assertThat(segments()).hasSize(2);

      assertThat(takeAll(journal)).containsExactly("the third of them all", "x", "y");
    }
  }

  @Test
  void release_everything_leavesNoSegment() throws Exception {
    try (Journal journal = Journal.open(config(1000))) {
      append(journal, "first", "second");
      release(journal, 2);
    }

    try (Stream<Path> files = Files.list(folder())) {
      assertThat(files.map(f -> f.getFileName().toString())).containsExactly("lock");
    }
  }

  @Test
  void open_withMarksOfASegmentThatIsGone_doesNotTakeThemForItsOwn() throws Exception {
    Files.createDirectory(folder());
    Files.write(folder().resolve("0000000000000001.segment.released"), new byte[8]);
    try (Journal journal = Journal.open(config(1000))) {
      append(journal, "first");
    }

    try (Journal again = Journal.open(config(1000))) {
      assertThat(takeAll(again)).containsExactly("first");
    }
  }

  @Test
  void open_twice_isRefusedUntilTheFirstIsClosed() {
    Journal first = Journal.open(config(1000));

    assertThatThrownBy(() -> Journal.open(config(1000)))
        .isInstanceOf(JournalInUseException.class)
        .hasMessageContaining("process " + ProcessHandle.current().pid() + " takes the ticks");

    first.close();
    Journal.open(config(1000)).close();
  }

  @Test
  void open_fileInPlaceOfTheFolder_isRefusedWithItsName() throws IOException {
    Files.writeString(folder(), "no folder");

    assertThatThrownBy(() -> Journal.open(config(1000)))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining(folder().toString());
  }

  @Test
  void append_moreThanMayWait_isRefusedUntilSomeWasPassedOn() throws Exception {
    try (Journal journal = Journal.open(new JournalConfig(folder(), 1000, 10))) {
      append(journal, "12345", "67890");

      assertThatThrownBy(() -> append(journal, "1"))
          .isInstanceOf(JournalFullException.class)
          .hasMessageContaining("at most 10 bytes");

      journal.passedOn(journal.take(SOON).orElseThrow());
      append(journal, "1");
      assertThat(journal.waitingBytes()).isEqualTo(6);
    }
  }

  @Test
  void append_longerThanMayWaitWhileNothingDoes_isTaken() throws Exception {
    try (Journal journal = Journal.open(new JournalConfig(folder(), 1000, 10))) {
      append(journal, "longer than ten bytes");

      assertThat(takeAll(journal)).hasSize(1);
    }
  }

  @Test
  void append_whereTheDiskDoesNotTakeIt_failsAndLaterGoesOn() throws Exception {
    try (Journal journal = Journal.open(config(1000))) {
      append(journal, "first");
      release(journal, 1);
      append(journal, "second");
      release(journal, 1);
      Path away = temporary.resolve("away");
      Files.move(folder(), away);

      assertThatThrownBy(() -> append(journal, "lost"))
          .isInstanceOf(JournalException.class)
          .hasMessageContaining("cannot be written");
      assertThat(journal.waitingBytes()).isZero();

      Files.move(away, folder());
      append(journal, "third");
      assertThat(takeAll(journal)).containsExactly("third");
    }
  }

  @Test
  void append_afterClosing_isRefused() {
    Journal journal = Journal.open(config(1000));
    journal.close();

    assertThatThrownBy(() -> append(journal, "late")).isInstanceOf(JournalException.class);
  }

  @Test
  void append_fromManyThreads_keepsEveryBatchOnce() throws Exception {
    List<String> sent = new ArrayList<>();
    try (Journal journal = Journal.open(config(2_000));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> done = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        String batch = "batch " + i;
        sent.add(batch);
        done.add(threads.submit(() -> append(journal, batch)));
      }
      for (Future<?> one : done) {
        one.get();
      }
    }

    try (Journal again = Journal.open(config(2_000))) {
      assertThat(takeAll(again)).containsExactlyInAnyOrderElementsOf(sent);
    }
  }

  @Test
  void read_batchThatWasDamagedMeanwhile_fails() throws Exception {
    try (Journal journal = Journal.open(config(1000))) {
      append(journal, "first");
      Entry entry = journal.take(SOON).orElseThrow();
      try (RandomAccessFile file = new RandomAccessFile(segments().getFirst().toFile(), "rw")) {
        file.seek(RecordFormat.HEADER);
        file.write('x');
      }

      assertThatThrownBy(() -> journal.read(entry))
          .isInstanceOf(JournalException.class)
          .hasMessageContaining("at byte 0");
    }
  }

  private Path folder() {
    return temporary.resolve("journal");
  }

  private JournalConfig config(long segmentBytes) {
    return config(folder(), segmentBytes);
  }

  private static JournalConfig config(Path folder, long segmentBytes) {
    return new JournalConfig(folder, segmentBytes, 1 << 20);
  }

  private static void append(Journal journal, String... batches) {
    for (String batch : batches) {
      journal.append(batch.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static List<String> takeAll(Journal journal) throws InterruptedException {
    List<String> batches = new ArrayList<>();
    Optional<Entry> entry = journal.take(NOW);
    while (entry.isPresent()) {
      batches.add(new String(journal.read(entry.get()), StandardCharsets.UTF_8));
      entry = journal.take(NOW);
    }
    return batches;
  }

  private static void release(Journal journal, int count) throws InterruptedException {
    for (int i = 0; i < count; i++) {
      Entry entry = journal.take(SOON).orElseThrow();
      journal.passedOn(entry);
      journal.release(entry);
    }
  }

  private List<Path> segments() throws IOException {
    try (Stream<Path> files = Files.list(folder())) {
      return files.filter(f -> f.toString().endsWith(".segment")).sorted().toList();
    }
  }

  /** What another process would find if this one ended now. */
  private Path copy() throws IOException {
    Path copy = Files.createDirectory(temporary.resolve("copy"));
    for (Path segment : segments()) {
      Files.copy(segment, copy.resolve(segment.getFileName()));
    }
    return copy;
  }
}
