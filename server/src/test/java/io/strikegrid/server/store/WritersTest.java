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
}
