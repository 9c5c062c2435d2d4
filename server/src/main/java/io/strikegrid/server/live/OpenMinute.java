package io.strikegrid.server.live;

import io.strikegrid.engine.bar.ObservationLog;
import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.engine.time.Session;
import io.strikegrid.server.rollup.MinuteTicks;
import io.strikegrid.server.store.MinuteKey;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What came of one symbol in one minute and is not committed yet. Once it is full, repeats take no
 * room any more, and what is new is refused. Guarded by its lane.
 */
final class OpenMinute {

  private static final Logger LOG = LoggerFactory.getLogger(OpenMinute.class);
  private static final int RECEIPT_BYTES = 64;

  private final Session session;
  private final long minute;
  private final Provenance provenance;
  private final Map<Optional<LocalDate>, ObservationLog> logs = new HashMap<>();
  private final Set<Receipt> receipts = new HashSet<>();
  private final Set<Feed> feeds = new HashSet<>();
  private final Map<Feed, SurplusTicks> surplus = new HashMap<>();
  private @Nullable DistinctTicks distinct;
  private boolean isRefusalTold;
  private long bytes;
  private int size;

  OpenMinute(Session session, long minute, Provenance provenance) {
    this.session = session;
    this.minute = minute;
    this.provenance = provenance;
  }

  Session session() {
    return session;
  }

  /** Start of the minute, epoch seconds UTC. */
  long minute() {
    return minute;
  }

  Provenance provenance() {
    return provenance;
  }

  /**
   * Adds a tick.
   *
   * @param most ticks that it may have, repeats left out as soon as there are so many
   * @return whether it is in; if not, it is surplus, and its receipt is held only where it is to be
   *     kept among the refused ones
   */
  boolean add(Feed feed, Tick tick, Receipt receipt, int most) {
    if (size >= most && distinct == null) {
      distinct = leaveOutRepeats();
    }
    boolean isRepeat = distinct != null && distinct.contains(tick.expiry(), tick.observation());
    if (!isRepeat && size >= most) {
      SurplusTicks more = surplus.computeIfAbsent(feed, f -> new SurplusTicks());
      if (more.hasRoom()) {
        hold(receipt);
      }
      bytes += more.add(tick);
      return false;
    }
    if (!isRepeat) {
      put(tick);
    }
    hold(receipt);
    feeds.add(feed);
    return true;
  }

  private void hold(Receipt receipt) {
    if (receipts.add(receipt)) {
      receipt.hold();
      bytes += RECEIPT_BYTES;
    }
  }

  private void put(Tick tick) {
    ObservationLog log = logs.computeIfAbsent(tick.expiry(), e -> new ObservationLog());
    long before = log.size() == 0 ? 0 : log.bytes();
    log.add(tick.observation());
    bytes += log.bytes() - before;
    size++;
    if (distinct != null) {
      bytes -= distinct.bytes();
      distinct.add(tick.expiry(), tick.observation());
      bytes += distinct.bytes();
    }
  }

  private DistinctTicks leaveOutRepeats() {
    DistinctTicks found = new DistinctTicks();
    Map<Optional<LocalDate>, ObservationLog> once = new HashMap<>();
    logs.forEach((expiry, log) -> {
      ObservationLog kept = new ObservationLog();
      log.forEach(o -> {
        if (found.add(expiry, o)) {
          kept.add(o);
        }
      });
      once.put(expiry, kept);
    });
    bytes -= logBytes();
    logs.putAll(once);
    bytes += logBytes() + found.bytes();
    size = found.size();
    return found;
  }

  private long logBytes() {
    return logs.values().stream().mapToLong(ObservationLog::bytes).sum();
  }

  /** By feed, how many the first ticks beyond the bound are, to be told at once; empty later on. */
  Map<Feed, Integer> firstRefused() {
    if (isRefusalTold || surplus.isEmpty()) {
      return Map.of();
    }
    isRefusalTold = true;
    Map<Feed, Integer> first = new HashMap<>();
    surplus.forEach((feed, more) -> first.put(feed, more.tell()));
    return first;
  }

  /** By feed, what came beyond the bound; whoever has kept it takes it from here. */
  Map<Feed, SurplusTicks> surplus() {
    return surplus;
  }

  /** Memory that it takes, about. */
  long bytes() {
    return bytes;
  }

  /** Ticks in it. */
  int size() {
    return size;
  }

  /** What came, for the writer. */
  List<MinuteTicks> ticks() {
    List<MinuteTicks> ticks = new ArrayList<>();
    logs.forEach((expiry, log) -> ticks.add(new MinuteTicks(new MinuteKey(minute, expiry), log)));
    return ticks;
  }

  /** What came so far, by expiry; unpacked by whoever needs it, outside the lane. */
  Map<Optional<LocalDate>, ObservationLog> copies() {
    Map<Optional<LocalDate>, ObservationLog> copies = new HashMap<>();
    logs.forEach((expiry, log) -> copies.put(expiry, log.copy()));
    return copies;
  }

  /** Feeds that brought something of it. */
  Set<Feed> feeds() {
    return feeds;
  }

  /** It is committed, or refused for good; a feed that fails to take that costs no other. */
  void release() {
    for (Receipt receipt : receipts) {
      try {
        receipt.release();
      } catch (RuntimeException e) {
        LOG.error("a feed could not be told that its ticks are stored", e);
      }
    }
  }
}
