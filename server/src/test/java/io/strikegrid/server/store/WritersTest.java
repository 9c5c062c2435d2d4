package io.strikegrid.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.strikegrid.server.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WritersTest {

  private static final int CONNECTIONS = 5;
  private static final int WRITERS = 8;

  @Test
  void write_moreWritersThanConnections_leavesSomeToReaders() throws Exception {
    try (TestDatabase store = TestDatabase.create();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Database database = store.another(CONNECTIONS);
      CountDownLatch someWrite = new CountDownLatch(CONNECTIONS - 3);
      CountDownLatch isRead = new CountDownLatch(1);
      List<Future<Boolean>> writers = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        writers.add(
            threads.submit(() ->
                database.write(connection -> {
                  someWrite.countDown();
                  try {
                    return isRead.await(60, TimeUnit.SECONDS);
                  } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                })));
      }
      assertThat(someWrite.await(60, TimeUnit.SECONDS)).isTrue();

      assertThat(database.isAlive()).isTrue();
      assertThat(database.<Boolean>read(connection -> connection.isValid(2))).isTrue();

      isRead.countDown();
      for (Future<Boolean> writer : writers) {
        assertThat(writer.get()).isTrue();
      }
    }
  }

  @Test
  void write_symbolIsLockedElsewhereAndManyWait_othersGoOn() throws Exception {
    try (TestDatabase store = TestDatabase.create();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        var elsewhere = store.database().connection()) {
      elsewhere.setAutoCommit(false);
      elsewhere
          .createStatement()
          .execute("SELECT pg_advisory_xact_lock(hashtextextended('strikegrid A', 0))");
      Database database = store.another(CONNECTIONS);
      List<Future<Integer>> writers = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        writers.add(threads.submit(() -> database.write("A", connection -> 1)));
      }

      for (int i = 0; i < WRITERS; i++) {
        assertThat(database.<Integer>write("B", connection -> 2)).isEqualTo(2);
      }
      assertThat(writers).noneMatch(Future::isDone);

      elsewhere.rollback();
      for (Future<Integer> writer : writers) {
        assertThat(writer.get()).isEqualTo(1);
      }
    }
  }

  @Test
  void write_sameSymbol_oneAfterTheOther() throws Exception {
    try (TestDatabase store = TestDatabase.create();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Database database = store.another(CONNECTIONS);
      AtomicInteger inside = new AtomicInteger();
      List<Future<Integer>> writers = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        writers.add(
            threads.submit(() ->
                database.write(
                    "A",
                    connection -> {
                      int now = inside.incrementAndGet();
                      Database.execute(connection, "SELECT pg_sleep(0.01)");
                      inside.decrementAndGet();
                      return now;
                    })));
      }
      for (Future<Integer> writer : writers) {
        assertThat(writer.get()).isEqualTo(1);
      }
    }
  }
}
