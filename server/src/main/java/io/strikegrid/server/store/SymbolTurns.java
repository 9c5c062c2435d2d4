package io.strikegrid.server.store;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lets the writers of one symbol in this process go one after the other, first come, first served,
 * before any of them takes a connection: however many wait for a symbol, those of other symbols
 * find the connections free. Safe for use by any number of threads.
 */
final class SymbolTurns {

  private final Duration patience;
  private final Map<String, Semaphore> turns = new ConcurrentHashMap<>();

  /**
   * Nobody writes yet.
   *
   * @param patience how long a writer waits for its turn
   */
  SymbolTurns(Duration patience) {
    this.patience = patience;
  }

  /** How long a writer waits for its turn. */
  Duration patience() {
    return patience;
  }

  /**
   * Does work when it is its turn.
   *
   * @throws StoreException where it does not come, naming the symbol
   */
  <T> T with(String symbol, Supplier<T> work) {
    Semaphore turn = turns.computeIfAbsent(symbol, s -> new Semaphore(1, true));
    take(turn, symbol);
    try {
      return work.get();
    } finally {
      turn.release();
    }
  }

  private void take(Semaphore turn, String symbol) {
    try {
      if (!turn.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw StoreException.busy(symbol, patience);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("interrupted while waiting for other writers of " + symbol, e);
    }
  }
}
