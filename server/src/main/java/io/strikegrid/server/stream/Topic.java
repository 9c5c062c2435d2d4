package io.strikegrid.server.stream;

import io.strikegrid.engine.grid.PageKey;
import io.strikegrid.server.platform.http.Answers;
import io.strikegrid.server.view.AskedExpiry;
import io.strikegrid.server.view.ListedExpiries;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * All who asked the same, and the one sequence of messages that they share. Numbers grow by one,
 * under an epoch that no other topic has, neither after this one is forgotten nor in another
 * process. The newest messages are kept, so that a client that was away gets what it missed.
 *
 * <p>Guarded by the lock of its {@link SymbolStream}, but for what never changes.
 */
final class Topic {

  private static final int ID_BYTES = 6;

  private final StreamQuery query;
  private final String id;
  private final String epoch = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
  private final StreamConfig.Room kept;
  private final StreamMemory memory;
  private final Set<Subscription> subscriptions = new LinkedHashSet<>();
  private final Deque<StreamMessage> messages = new ArrayDeque<>();
  private final Map<String, StreamMessage> snapshots = new HashMap<>();
  private long bytes;
  private long sequence;
  private Chains chains;
  private long unusedSince = System.nanoTime();
  private long shownAt;
  private boolean isShown;

  /**
   * The expiries of a trading day that a query means.
   *
   * @param day the trading day
   * @param asked texts of the query by the expiry that they mean
   * @param missing texts that mean none
   */
  record Chains(LocalDate day, NavigableMap<LocalDate, List<String>> asked, List<String> missing) {

    static Chains of(StreamQuery query, ListedExpiries listed) {
      NavigableMap<LocalDate, List<String>> asked = new TreeMap<>();
      List<String> missing = new ArrayList<>();
      for (AskedExpiry one : query.expiries()) {
        Optional<LocalDate> expiry = one.on(listed);
        if (expiry.isPresent()) {
          asked.computeIfAbsent(expiry.get(), e -> new ArrayList<>()).add(one.text());
        } else {
          missing.add(one.text());
        }
      }
      return new Chains(listed.day(), asked, missing);
    }
  }

  Topic(StreamQuery query, Chains chains, StreamConfig.Room kept, StreamMemory memory) {
    this.query = query;
    this.memory = memory;
    this.chains = chains;
    this.kept = kept;
    byte[] digest = Answers.sha256(query.canonical().getBytes(StandardCharsets.UTF_8));
    this.id = HexFormat.of().formatHex(digest, 0, ID_BYTES);
  }

  StreamQuery query() {
    return query;
  }

  /** A short name, the same for the same query everywhere. */
  String id() {
    return id;
  }

  String epoch() {
    return epoch;
  }

  /** The newest number; 0 before the first. */
  long sequence() {
    return sequence;
  }

  Set<Subscription> subscriptions() {
    return subscriptions;
  }

  Chains chains() {
    return chains;
  }

  /** The pages that its messages are made from. */
  Collection<PageKey> pages() {
    return pages(chains);
  }

  /** The pages of some chains. */
  Collection<PageKey> pages(Chains of) {
    String symbol = query.underlying().symbol();
    return of.asked.keySet().stream()
        .map(expiry -> new PageKey(symbol, expiry, query.timeframe(), of.day))
        .toList();
  }

  /** Notes that somebody left. */
  void left() {
    unusedSince = System.nanoTime();
  }

  /** Whether it has had no subscriber for so long. */
  boolean isUnused(long nanos) {
    return subscriptions.isEmpty() && System.nanoTime() - unusedSince >= nanos;
  }

  /**
   * What a client missed.
   *
   * @param after the newest number that it has
   * @return the messages since, in order; empty where one of them is not kept any more
   */
  Optional<List<StreamMessage>> since(long after) {
    List<StreamMessage> missed =
        messages.stream().filter(message -> message.sequence() > after).toList();
    return missed.size() == sequence - after ? Optional.of(missed) : Optional.empty();
  }

  /** The chains as they are now, standing for the newest number; made once for all. */
  StreamMessage snapshot(String reason, Map<PageKey, ChainPage> pages) {
    StreamMessage made = snapshots.get(reason);
    if (made == null) {
      made = snapshot(reason, pages, OptionalLong.empty(), sequence);
      if (!memory.isOver()) {
        snapshots.put(reason, made);
        memory.add(made.size());
      }
    }
    return made;
  }

  private void forgetSnapshots() {
    snapshots.values().forEach(made -> memory.add(-made.size()));
    snapshots.clear();
  }

  /** Lets go of everything that it keeps. */
  void close() {
    forgetSnapshots();
    messages.clear();
    memory.add(-bytes);
    bytes = 0;
  }

  /** The chains after their trading day or expiries changed, with a number of its own. */
  StreamMessage roll(
      Chains now, String reason, Map<PageKey, ChainPage> pages, OptionalLong knownAt) {
    Chains before = chains;
    chains = now;
    try {
      return fresh(reason, pages, knownAt);
    } catch (RuntimeException | Error e) {
      chains = before;
      throw e;
    }
  }

  /** The chains after more changed than is told one by one, with a number of its own. */
  StreamMessage fresh(String reason, Map<PageKey, ChainPage> pages, OptionalLong knownAt) {
    return keep(snapshot(reason, pages, knownAt, sequence + 1));
  }

  private StreamMessage snapshot(
      String reason, Map<PageKey, ChainPage> pages, OptionalLong knownAt, long number) {
    return StreamMessage.numbered(
        "snapshot",
        epoch,
        number,
        knownAt,
        out -> {
          out.text("topic", id);
          out.text("epoch", epoch);
          out.whole("sequence", number);
          out.text("reason", reason);
          out.text("symbol", query.underlying().symbol());
          out.text("timeframe", query.timeframe().label());
          out.text("trading_day", chains.day.toString());
          out.startArray("missing");
          for (String text : chains.missing) {
            out.text(text);
          }
          out.endArray();
          out.startArray("chains");
          ChainJson json = new ChainJson(out, query);
          for (PageKey key : pages()) {
            ChainPage page = pages.get(key);
            if (page != null) {
              json.chain(page, chains.asked.getOrDefault(key.expiry(), List.of()));
            }
          }
          out.endArray();
        });
  }

  /** What changed, with a number of its own. */
  StreamMessage delta(List<ChainDelta> deltas, OptionalLong knownAt) {
    long number = sequence + 1;
    return keep(
        StreamMessage.numbered(
            "delta",
            epoch,
            number,
            knownAt,
            out -> {
              out.text("topic", id);
              out.text("epoch", epoch);
              out.whole("sequence", number);
              out.startArray("chains");
              ChainJson json = new ChainJson(out, query);
              for (ChainDelta delta : deltas) {
                json.delta(delta);
              }
              out.endArray();
            }));
  }

  /** The buckets that still run, without a number. */
  StreamMessage provisional(List<RunningChain> running) {
    return StreamMessage.of(
        "provisional",
        out -> {
          out.text("topic", id);
          out.text("epoch", epoch);
          out.whole("stands_on", sequence);
          out.startArray("chains");
          ChainJson json = new ChainJson(out, query);
          for (RunningChain chain : running) {
            json.running(chain.page(), chain.first());
          }
          out.endArray();
        });
  }

  /** Takes the number of a message that is made. */
  private StreamMessage keep(StreamMessage message) {
    sequence = message.sequence();
    forgetSnapshots();
    messages.addLast(message);
    bytes += message.size();
    memory.add(message.size());
    while (!messages.isEmpty() && (!kept.fits(messages.size(), bytes) || memory.isOver())) {
      int size = messages.removeFirst().size();
      bytes -= size;
      memory.add(-size);
    }
    return message;
  }

  /** Whether the running minute was shown so lately that it has to wait; notes it where not. */
  boolean isShownLately(long nanos) {
    long now = System.nanoTime();
    if (isShown && now - shownAt < nanos) {
      return true;
    }
    isShown = true;
    shownAt = now;
    return false;
  }
}
