package io.strikegrid.server.chain;

import io.javalin.http.Context;
import io.strikegrid.engine.grid.PageKey;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.time.Session;
import io.strikegrid.engine.time.Timeframe;
import io.strikegrid.server.live.RunningMinutes;
import io.strikegrid.server.pages.Admission;
import io.strikegrid.server.pages.PageSize;
import io.strikegrid.server.platform.http.ClientGoneException;
import io.strikegrid.server.platform.http.Connections;
import io.strikegrid.server.view.Gap;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * What one request has in hand while it is answered: the memory that it was given, the pages that
 * it looks at, and whether anybody still waits for it. Closing it gives everything back. For one
 * thread.
 */
final class Work implements AutoCloseable {

  private static final long STRIKE_BYTES = 400;

  private final ChainSource source;
  private final BooleanSupplier isGone;
  private final List<Admission.Permit> held = new ArrayList<>();
  private final List<Admission.Permit> admitted = new ArrayList<>();

  private Work(ChainSource source, BooleanSupplier isGone) {
    this.source = source;
    this.isGone = isGone;
  }

  static Work of(ChainSource source, Context context) {
    return new Work(source, () -> Connections.isGone(context));
  }

  /** Where the figures come from. */
  ChainSource source() {
    return source;
  }

  /** How large pages of one symbol and timeframe are, or can be. */
  Map<PageKey, PageSize> sizes(Map<PageKey, Session> asked) {
    return source.pages().sizes(asked);
  }

  /**
   * Takes memory before it is needed; once for each request.
   *
   * @throws io.strikegrid.server.platform.http.Problem where it can never be had, or not in time
   * @throws ClientGoneException where the client left before there was any
   */
  void admit(long bytes) {
    admitted.add(source.pages().admission().admit(bytes, isGone));
  }

  /**
   * Takes memory for whole chains that are looked at together: for their pages, as far as they are
   * not in memory, and for what is known as of a time.
   *
   * @param more bytes of each strike beside
   */
  void admitChains(Map<PageKey, Session> asked, long more) {
    long bytes = 0;
    for (PageSize size : sizes(asked).values()) {
      bytes += size.pageBytes() + size.strikes() * (STRIKE_BYTES + more);
    }
    admit(bytes);
  }

  /**
   * Ends the work where nobody waits for the answer any more.
   *
   * @throws ClientGoneException where that is so
   */
  void checkWaitedFor() {
    if (isGone.getAsBoolean()) {
      throw new ClientGoneException();
    }
  }

  /** The bars of an expiry on a trading day, held until they are let go. */
  ChainSource.Bars bars(
      Underlying underlying, LocalDate expiry, Timeframe timeframe, Session session) {
    PageKey key = new PageKey(underlying.symbol(), expiry, timeframe, session.day());
    RunningMinutes.Current now = source.running().current(source.pages(), underlying, key, session);
    held.add(source.pages().hold(now.committed()));
    now.running().ifPresent(run -> held.add(source.pages().holdBeside(run.page())));
    return new ChainSource.Bars(
        now.page(), now.committed().generation(), Gap.of(underlying, now.page()), now.running());
  }

  /** Lets all pages go. */
  void letGo() {
    held.forEach(Admission.Permit::close);
    held.clear();
  }

  @Override
  public void close() {
    letGo();
    admitted.forEach(Admission.Permit::close);
    admitted.clear();
  }
}
