package io.strikegrid.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strikegrid.server.TestDatabase;
import io.strikegrid.server.ingest.journal.Journal;
import io.strikegrid.server.ingest.journal.JournalConfig;
import io.strikegrid.server.jobs.KeepingConfig;
import io.strikegrid.server.live.Feeds;
import io.strikegrid.server.live.LiveConfig;
import io.strikegrid.server.platform.http.HttpConfig;
import io.strikegrid.server.platform.http.ListenException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NodeTest {

  private static final Set<String> THREADS =
      Set.of(
          "generations",
          "minutes",
          "journal",
          "ticks",
          "lost-ticks",
          "stream",
          "store-answer",
          "store-look",
          "row-count");

  @TempDir Path folder;

  @Test
  void start_partThatFails_leavesNeitherJournalNorThreads() {
    try (TestDatabase store = TestDatabase.create()) {
      store
          .database()
          .jdbi()
          .useHandle(h ->
              h.execute(
                  "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS"
                      + " $$ BEGIN RAISE EXCEPTION 'no minute is taken'; END $$;"
                      + " CREATE TRIGGER refuse BEFORE INSERT ON fo_expiry_metrics"
                      + " FOR EACH STATEMENT EXECUTE FUNCTION refuse()"));
      Set<Thread> before = threads();

      assertThatThrownBy(() -> Node.start(config(store, 0, true), InstantSource.system()))
          .hasMessageContaining("no minute is taken");

      assertNothingIsLeft(before);
    }
  }

  @Test
  void start_portThatIsTaken_saysSoInASentenceAndLeavesNothing() throws IOException {
    try (TestDatabase store = TestDatabase.create();
        ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Set<Thread> before = threads();
      int port = taken.getLocalPort();

      assertThatThrownBy(() -> Node.start(config(store, port, false), InstantSource.system()))
          .isInstanceOf(ListenException.class)
          .hasMessage(
              "cannot listen on 127.0.0.1 port "
                  + port
                  + " (--host, --port): it is taken, or not this machine's");

      assertNothingIsLeft(before);
    }
  }

  private void assertNothingIsLeft(Set<Thread> before) {
    assertThatCode(() -> Journal.open(journal()).close()).doesNotThrowAnyException();
    Set<Thread> left = threads();
    left.removeAll(before);
    assertThat(left).isEmpty();
  }

  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> THREADS.contains(thread.getName()))
        .collect(Collectors.toSet());
  }

  private JournalConfig journal() {
    return JournalConfig.in(folder.resolve("journal"));
  }

  private ServeConfig config(TestDatabase store, int port, boolean demo) {
    return new ServeConfig(
        new StoreConfig(
            folder.resolve("data"),
            Optional.of(store.address()),
            Optional.empty(),
            List.of(),
            KeepingConfig.USUAL,
            5),
        new HttpConfig("127.0.0.1", port, Optional.empty(), false),
        1 << 20,
        journal(),
        Feeds.SILENT_AFTER,
        LiveConfig.usual(),
        demo,
        Optional.empty());
  }
}
