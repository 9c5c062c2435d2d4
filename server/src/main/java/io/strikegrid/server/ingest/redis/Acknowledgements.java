package io.strikegrid.server.ingest.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Which entries were taken in, and which of them are committed and wait to be acknowledged. It
 * outlives connections: what could not be sent is sent on the next one.
 *
 * <p>The reader begins, abandons and sends; any thread says that an entry is committed.
 */
final class Acknowledgements {

  private static final int MOST_AT_ONCE = 500;

  private final Set<String> open = ConcurrentHashMap.newKeySet();
  private final Queue<String> committed = new ConcurrentLinkedQueue<>();

  /** Whether an entry was taken in and is not acknowledged. */
  boolean isOpen(String id) {
    return open.contains(id);
  }

  /** Notes an entry as taken in. Returns false for one that is on its way already. */
  boolean begin(String id) {
    return open.add(id);
  }

  /** Forgets an entry that could not be taken in; it will come again. */
  void abandon(String id) {
    open.remove(id);
  }

  /** Everything in the entry is committed. */
  void committed(String id) {
    committed.add(id);
  }

  /** Acknowledges what is committed. Where that fails, nothing is lost from here. */
  void send(RedisStream stream) {
    while (!committed.isEmpty()) {
      List<String> batch = new ArrayList<>();
      for (String id : committed) {
        if (batch.size() == MOST_AT_ONCE) {
          break;
        }
        batch.add(id);
      }
      stream.acknowledge(batch);
      for (String id : batch) {
        committed.remove();
        open.remove(id);
      }
    }
  }
}
