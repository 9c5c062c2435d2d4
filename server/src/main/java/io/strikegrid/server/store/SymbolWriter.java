package io.strikegrid.server.store;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Transactions that have the lock of a symbol: writers of a symbol are one after the other, in this
 * process and in others. Whoever waits for another process holds a connection for very few symbols
 * at a time, so that the writers of others go on. Safe for use by any number of threads.
 */
final class SymbolWriter {

  private static final int MOST_WAITING = 2;
  private static final Duration WAIT_AT_ONCE = Duration.ofSeconds(1);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

  private final Database database;
  private final SymbolTurns turns;
  private final Semaphore waiting;

  /**
   * Writers of a database.
   *
   * @param turns of all writers of this process on the store
   * @param mostWriters that may be at work at a time
   */
  SymbolWriter(Database database, SymbolTurns turns, int mostWriters) {
    this.database = database;
    this.turns = turns;
    this.waiting = new Semaphore(Math.min(MOST_WAITING, mostWriters - 1), true);
  }

  SymbolTurns turns() {
    return turns;
  }

  private record Done<T>(T result) {}

  <T> T write(String symbol, Database.Work<T> work) {
    return turns.with(symbol, () -> writeLocked(symbol, work));
  }

  private <T> T writeLocked(String symbol, Database.Work<T> work) {
    long until = System.nanoTime() + turns.patience().toNanos();
    while (true) {
      Optional<Done<T>> done =
          database.write(c ->
              SymbolLock.isFree(c, symbol)
                  ? Optional.of(new Done<>(work.on(c)))
                  : Optional.empty());
      if (done.isEmpty()) {
        done = writeWaiting(symbol, work);
      }
      if (done.isPresent()) {
        return done.get().result();
      }
      if (System.nanoTime() - until >= 0) {
        throw StoreException.busy(symbol, turns.patience());
      }
    }
  }

  /** Waits in the database's own queue for a while, in which nobody is overtaken. */
  private <T> Optional<Done<T>> writeWaiting(String symbol, Database.Work<T> work) {
    if (!waiting.tryAcquire()) {
      pause(symbol);
      return Optional.empty();
    }
    try {
      return database.write(c ->
          SymbolLock.take(c, symbol, WAIT_AT_ONCE)
              ? Optional.of(new Done<>(work.on(c)))
              : Optional.empty());
    } finally {
      waiting.release();
    }
  }

  private static void pause(String symbol) {
    try {
      Thread.sleep(LOOK_AGAIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("interrupted while waiting for other writers of " + symbol, e);
    }
  }

  <T> T makeRoom(String symbol, Database.Work<T> work) {
    return turns.with(
        symbol,
        () ->
            database.makeRoom(connection -> {
              if (!SymbolLock.take(connection, symbol, turns.patience())) {
                throw StoreException.busy(symbol, turns.patience());
              }
              return work.on(connection);
            }));
  }
}
