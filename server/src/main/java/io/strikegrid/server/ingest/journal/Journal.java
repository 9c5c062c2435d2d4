package io.strikegrid.server.ingest.journal;

import io.strikegrid.server.platform.watch.Heartbeat;
import io.strikegrid.server.platform.watch.Outage;
import io.strikegrid.server.platform.watch.Vital;
import io.strikegrid.server.platform.watch.Watch;
import io.strikegrid.server.platform.watch.WatchedThread;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A durable queue. A batch is appended, and is on the disk when that returns; it is taken, in the
 * order of appending; and it is released once nobody needs it any more. What was not released is
 * there again when the journal is next opened, and may then be handed out a second time.
 *
 * <p>One thread of its own writes. It takes everything that waits to be written, writes it, and
 * waits for the disk once for all of it. After a write that failed it tries by itself whether as
 * much can be written again, a MiB at most, once a second where no batch does that. No other thread
 * touches files but to read, so that an interrupt of a caller closes none. Safe for use by any
 * number of threads.
 */
public final class Journal implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(10);
  private static final long SIGN_EVERY_MILLIS = 1000;
  private static final Vital JOURNAL = new Vital("journal", Duration.ofMinutes(1), 0);
  private static final long MOST_PROBED = 1 << 20;
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(100);

  private final JournalFolder folder;
  private final SegmentWriter writer;
  private final long mostWaiting;
  private final long segmentBytes;
  private final List<String> damages;
  private final Set<Path> damagedFiles;
  private final BlockingQueue<Step> steps = new LinkedBlockingQueue<>();
  private final BlockingQueue<Entry> ready = new LinkedBlockingQueue<>();
  private final AtomicLong waiting = new AtomicLong();
  private final AtomicInteger unreleased = new AtomicInteger();
  private final Outage unwritable = new Outage(LOG, "the journal cannot be written");
  private final WatchedThread thread;
  private volatile @Nullable String failure;
  private long failedBytes;
  private volatile boolean closed;
  private volatile boolean ended;

  private Journal(JournalConfig config, JournalFolder folder, Recovery recovered, Watch watch) {
    this.folder = folder;
    this.mostWaiting = config.backlogBytes();
    this.segmentBytes = config.segmentBytes();
    this.damages = List.copyOf(recovered.damages());
    this.damagedFiles = Set.copyOf(recovered.damagedFiles());
    this.writer = new SegmentWriter(folder, config.segmentBytes(), recovered);
    recovered.entries().forEach(this::add);
    recovered.entries().forEach(entry -> waiting.addAndGet(entry.length()));
    this.thread = watch.start(JOURNAL, this::run);
  }

  /**
   * Opens the journal of a folder; what was left in it is to be taken first.
   *
   * @throws JournalInUseException where somebody else has it open
   * @throws JournalException where the folder cannot be used
   */
  public static Journal open(JournalConfig config) {
    return open(config, new Watch());
  }

  /**
   * The same, with its thread watched.
   *
   * @throws JournalInUseException where somebody else has it open
   * @throws JournalException where the folder cannot be used
   */
  public static Journal open(JournalConfig config, Watch watch) {
    try {
      JournalFolder folder = JournalFolder.open(config.folder());
      boolean isOpen = false;
      try {
        int gone = folder.boundDamaged();
        if (gone > 0) {
          LOG.warn("{} damaged files of the journal were removed, since there are too many", gone);
        }
        Journal journal = new Journal(config, folder, Recovery.of(folder), watch);
        isOpen = true;
        return journal;
      } finally {
        if (!isOpen) {
          folder.close();
        }
      }
    } catch (IOException e) {
      throw new JournalException(
          "cannot use the folder of the journal "
              + config.folder()
              + " ("
              + e
              + "); choose another one with --journal-dir",
          e);
    }
  }

  /** What could not be read when the journal was opened, in words. */
  public List<String> damages() {
    return damages;
  }

  /**
   * Appends a batch and waits until it is durable.
   *
   * @throws JournalFullException where more waits to be taken than may; nothing was appended
   * @throws JournalException where it could not be written: it may or may not be there later
   */
  public void append(byte[] batch) {
    if (batch.length > RecordFormat.MOST) {
      throw new JournalException("a batch may have " + RecordFormat.MOST + " bytes; have more");
    }
    reserve(batch.length);
    CompletableFuture<Void> done = new CompletableFuture<>();
    steps.add(new Step.Append(batch, done));
    if (ended) {
      failWaiting();
    }
    try {
      done.join();
    } catch (CompletionException e) {
      waiting.addAndGet(-batch.length);
      throw new JournalException("the journal cannot be written", e);
    }
  }

  private void reserve(int length) {
    if (closed) {
      throw new JournalException("the journal is closed");
    }
    long before = waiting.getAndAdd(length);
    if (before > 0 && before + length > mostWaiting) {
      waiting.addAndGet(-length);
      throw new JournalFullException(before, mostWaiting);
    }
  }

  /** The next batch, as soon as there is one; empty after a while without. */
  public Optional<Entry> take(Duration patience) throws InterruptedException {
    return Optional.ofNullable(ready.poll(patience.toMillis(), TimeUnit.MILLISECONDS));
  }

  /** Reads a batch that was taken. */
  public byte[] read(Entry entry) {
    try {
      return entry.segment().read(entry.offset(), entry.length());
    } catch (IOException e) {
      throw new JournalException("the batch in " + entry + " cannot be read", e);
    }
  }

  /** Counts a batch that was taken no longer among those that wait. */
  public void passedOn(Entry entry) {
    waiting.addAndGet(-entry.length());
  }

  /** Lets go of a batch; does not block. After the end it does nothing, and the batch stays. */
  public void release(Entry entry) {
    steps.add(new Step.Release(entry));
  }

  /** Bytes of batches that wait to be taken. */
  public long waitingBytes() {
    return waiting.get();
  }

  /** Most bytes of batches that may wait to be taken. */
  public long mostWaitingBytes() {
    return mostWaiting;
  }

  /** Batches that are not released yet. */
  public int unreleased() {
    return unreleased.get();
  }

  private void add(Entry entry) {
    unreleased.incrementAndGet();
    ready.add(entry);
  }

  private void run(Heartbeat heartbeat) {
    try {
      boolean goesOn = true;
      while (goesOn) {
        goesOn = handleNext(heartbeat);
      }
    } finally {
      ended = true;
      failWaiting();
      writer.close();
      unlock();
    }
  }

  /** Only here: as long as the thread may write, nobody else may open the folder. */
  private void unlock() {
    try {
      folder.close();
    } catch (IOException e) {
      LOG.warn("the lock of the journal was not released: {}", e.getMessage());
    }
  }

  /**
   * Does what is asked by now; false after the end. Whatever fails costs only its own group:
   * whoever waits for it is told, and the thread goes on.
   */
  private boolean handleNext(Heartbeat heartbeat) {
    List<Step> group = new ArrayList<>();
    group.add(next(heartbeat));
    try {
      steps.drainTo(group);
      boolean goesOn = releaseAll(group);
      appendAll(group);
      return goesOn;
    } catch (RuntimeException | Error e) {
      for (Step step : group) {
        if (step instanceof Step.Append append) {
          append.done().completeExceptionally(e);
        }
      }
      LOG.error("the journal failed, and goes on", e);
      pause();
      return group.stream().noneMatch(Step.Stop.class::isInstance);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_AFTER_FAILURE);
    } catch (InterruptedException e) {
      LOG.warn("nobody may interrupt the journal; it goes on");
    }
  }

  private Step next(Heartbeat heartbeat) {
    while (true) {
      try {
        heartbeat.beat();
        Step step = steps.poll(SIGN_EVERY_MILLIS, TimeUnit.MILLISECONDS);
        if (step != null) {
          return step;
        }
        if (failure != null) {
          probe();
        }
      } catch (InterruptedException e) {
        LOG.warn("nobody may interrupt the journal; it goes on");
      }
    }
  }

  /** Nothing came since a write failed: whether it can be done again is found without a batch. */
  private void probe() {
    try {
      folder.probe(failedBytes);
      writable();
    } catch (IOException | RuntimeException | Error e) {
      unwritable(e);
    }
  }

  private void writable() {
    failure = null;
    unwritable.over();
  }

  private void unwritable(Throwable e) {
    failure = e.toString();
    unwritable.failed("ticks are refused: " + e, e);
  }

  /** Nobody waits for a thread that is gone. */
  private void failWaiting() {
    List<Step> left = new ArrayList<>();
    steps.drainTo(left);
    for (Step step : left) {
      if (step instanceof Step.Append append) {
        append.done().completeExceptionally(new IOException("the journal is closed"));
      }
    }
  }

  /** Writes in order, as much at a time as a segment may hold. */
  private void appendAll(List<Step> group) {
    List<Step.Append> chunk = new ArrayList<>();
    long bytes = 0;
    for (Step step : group) {
      if (step instanceof Step.Append append) {
        if (bytes > 0 && bytes + append.batch().length > segmentBytes) {
          append(chunk);
          chunk.clear();
          bytes = 0;
        }
        chunk.add(append);
        bytes += append.batch().length;
      }
    }
    if (!chunk.isEmpty()) {
      append(chunk);
    }
  }

  private void append(List<Step.Append> appends) {
    try {
      List<Entry> entries = writer.write(appends.stream().map(Step.Append::batch).toList());
      entries.forEach(this::add);
      writable(); // before anybody who is answered asks
      appends.forEach(append -> append.done().complete(null));
    } catch (IOException | RuntimeException | Error e) {
      long bytes = appends.stream().mapToLong(append -> append.batch().length).sum();
      failedBytes = Math.min(bytes, MOST_PROBED);
      unwritable(e);
      appends.forEach(append -> append.done().completeExceptionally(e));
    }
  }

  private void letGo(Entry entry) {
    unreleased.decrementAndGet();
    try {
      writer.release(entry);
    } catch (RuntimeException | Error e) {
      LOG.error("a released batch stays in the journal, and is read again at the next start", e);
    }
  }

  /** Whether the thread goes on. */
  private boolean releaseAll(List<Step> group) {
    for (Step step : group) {
      if (step instanceof Step.Release(Entry entry)) {
        letGo(entry);
      }
    }
    return group.stream().noneMatch(Step.Stop.class::isInstance);
  }

  /** Ends the thread, which unlocks the folder. What was not released stays. */
  @Override
  public void close() {
    close(STOP_WITHIN);
  }

  /** The same; where the thread takes longer, it unlocks the folder when it ends. */
  void close(Duration within) {
    thread.stopping();
    closed = true;
    steps.add(new Step.Stop());
    try {
      if (!thread.finish(within)) {
        LOG.warn("the journal in {} still writes; its folder stays locked", folder.path());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Asks the thread for something; for tests of what it does while it is busy. */
  void ask(Step step) {
    steps.add(step);
  }

  /** Why nothing can be written now, as the last try found; empty where it can. */
  public Optional<String> unwritable() {
    return Optional.ofNullable(failure);
  }

  /** What could not be read and waits for somebody to look at it; empty where nothing does. */
  public Optional<String> kept() {
    try {
      // A file that is put aside meanwhile is found where it was or where it is then.
      List<Path> files = new ArrayList<>(damagedFiles.stream().filter(Files::exists).toList());
      files.addAll(folder.damaged());
      if (files.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          "ticks that were taken may be lost: %d files of the journal in %s could not be read whole; they are kept as *%s, to be removed once somebody has looked"
              .formatted(files.size(), folder.path(), JournalFolder.DAMAGED));
    } catch (IOException e) {
      return Optional.of("the folder of the journal cannot be read: " + e.getMessage());
    }
  }
}
