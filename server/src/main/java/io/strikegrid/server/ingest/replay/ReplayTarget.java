package io.strikegrid.server.ingest.replay;

import io.strikegrid.server.live.Tick;
import java.util.List;

/** Where a replay sends to. For one thread. */
interface ReplayTarget extends AutoCloseable {

  /** Most ticks that are sent together. */
  int most();

  /**
   * Sends ticks in their order; returns when they have arrived.
   *
   * @throws ReplayException where they cannot, also not later
   */
  void send(List<Tick> ticks) throws ReplayException, InterruptedException;

  @Override
  void close();
}
