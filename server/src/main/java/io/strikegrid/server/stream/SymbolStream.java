package io.strikegrid.server.stream;

import io.strikegrid.engine.grid.PageKey;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.time.Session;
import io.strikegrid.engine.time.Timeframe;
import io.strikegrid.server.platform.http.Problem;
import io.strikegrid.server.platform.http.ProblemCode;
import io.strikegrid.server.store.GenerationStore;
import io.strikegrid.server.view.ListedExpiries;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topics of one symbol, and the pages that they have been told of. Each new page is compared
 * once with the one before, whoever asks for it, and every topic takes its part.
 *
 * <p>Everything is guarded by one lock, which also puts the messages of a topic in order. It is
 * held while pages load and messages are encoded, never while anything is sent: that only starts
 * here.
 */
final class SymbolStream {

  private static final Logger LOG = LoggerFactory.getLogger(SymbolStream.class);

  /** Strikes that are told one by one; where more changed, the chains are told anew. */
  private static final int MOST_CELLS = 10_000;

  private final Underlying underlying;
  private final StreamSource source;
  private final StreamConfig config;
  private final StreamMetrics metrics;
  private final StreamMemory memory;
  private final StreamMemory followed;
  private final PageReader reader;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Topic> topics = new LinkedHashMap<>();
  private final Map<Topic, Map<PageKey, RunningChain.Version>> shown = new HashMap<>();
  private Map<PageKey, ChainPage> pages = new HashMap<>();
  private @Nullable Session session;
  private long version;
  private long pageBytes;
  private volatile int count;

  SymbolStream(
      Underlying underlying,
      StreamSource source,
      StreamConfig config,
      StreamMetrics metrics,
      StreamMemory memory,
      StreamMemory followed) {
    this.memory = memory;
    this.followed = followed;
    this.underlying = underlying;
    this.source = source;
    this.config = config;
    this.metrics = metrics;
    this.reader = new PageReader(source, underlying);
  }

  /** Does something that nothing else may come between. */
  private <T> T locked(Callable<T> work) {
    lock.lock();
    try {
      return work.call();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Begins a subscription: says so, and sends what the client missed, or else the chains as they
   * are.
   *
   * @param mayAdd whether a topic may be added to those there are
   * @throws Problem where the query has a topic on this connection already, or there are as many
   *     topics as there may be
   */
  void subscribe(
      Subscriber who, String id, StreamQuery query, @Nullable Resume resume, boolean mayAdd) {
    locked(() -> {
      advance(OptionalLong.empty());
      Topic topic = topic(query, mayAdd);
      for (Subscription one : who.subscriptions()) {
        if (one.topic() == topic) {
          throw new Problem(
              ProblemCode.BAD_VALUE,
              "subscription " + Problem.shown(one.id()) + " of this connection asks for the same",
              "id",
              id,
              "one subscription for each query");
        }
      }
      begin(who, id, topic, resume);
      return topic;
    });
  }

  private Topic topic(StreamQuery query, boolean mayAdd) {
    String canonical = query.canonical();
    Topic topic = topics.get(canonical);
    if (topic == null) {
      if (!mayAdd) {
        throw new Problem(
            ProblemCode.NOT_READY,
            "there are " + config.topics() + " distinct subscriptions, as many as there may be");
      }
      Session now = Objects.requireNonNull(session, "a day was found before");
      ListedExpiries listed = source.listed(underlying, now);
      topic = new Topic(query, Topic.Chains.of(query, listed), config.kept(), memory);
      followAll(topic.pages(), now);
      topics.put(canonical, topic);
      count = topics.size();
    }
    return topic;
  }

  private void followAll(Collection<PageKey> keys, Session now) {
    try {
      for (PageKey key : keys) {
        if (!pages.containsKey(key)) {
          follow(key, now);
        }
      }
    } catch (RuntimeException | Error e) {
      forgetPages();
      throw e;
    }
  }

  /** Pages that are followed stay in memory, whatever becomes of them in the cache. */
  private void follow(PageKey key, Session now) {
    if (followed.isOver()) {
      throw new Problem(
          ProblemCode.NOT_READY, "the stream follows as many pages as may be in memory; try again");
    }
    pages.put(key, source.page(underlying, key, now));
    countPages();
  }

  private void countPages() {
    long bytes = pages.values().stream().mapToLong(ChainPage::bytes).sum();
    followed.add(bytes - pageBytes);
    pageBytes = bytes;
  }

  private void begin(Subscriber who, String id, Topic topic, @Nullable Resume resume) {
    String reason = "subscribed";
    Optional<List<StreamMessage>> missed = Optional.empty();
    if (resume != null) {
      boolean isOurs = resume.epoch().equals(topic.epoch()) && resume.after() <= topic.sequence();
      missed = isOurs ? topic.since(resume.after()) : Optional.empty();
      reason = isOurs ? "too_old" : "unknown_epoch";
    }
    boolean isResumed = missed.isPresent();
    long from = isResumed && resume != null ? resume.after() : topic.sequence();
    Subscription begun =
        new Subscription(id, who, topic, isResumed ? Long.valueOf(from) : null, from);
    topic.subscriptions().add(begun);
    shown.remove(topic); // so that what runs is shown to the new one too
    who.add(begun);
    who.tell(ServerMessages.subscribed(id, topic, from, isResumed));
    List<StreamMessage> first = isResumed ? missed.get() : List.of(topic.snapshot(reason, pages));
    for (StreamMessage message : first) {
      if (!put(begun, message)) {
        break;
      }
    }
  }

  /** Ends a subscription, and says so where its client asked for it. */
  void end(Subscription subscription, boolean isAsked) {
    locked(() -> {
      leave(subscription);
      subscription.subscriber().outbox().forget(subscription);
      if (isAsked) {
        subscription.subscriber().tell(ServerMessages.unsubscribed(subscription));
      }
      return subscription;
    });
  }

  private void leave(Subscription subscription) {
    Topic topic = subscription.topic();
    if (topic.subscriptions().remove(subscription)) {
      topic.left();
    }
    subscription.subscriber().remove(subscription);
  }

  private boolean put(Subscription subscription, StreamMessage message) {
    boolean fits = subscription.subscriber().outbox().put(subscription, message);
    if (!fits) {
      leave(subscription);
      metrics.cut();
    }
    return fits;
  }

  /** Distinct subscriptions, those without subscribers included. */
  int count() {
    return count;
  }

  /**
   * Catches up with what is committed, and shows what runs.
   *
   * @param knownAt when the oldest of the news became known; empty where there may be none
   */
  void round(OptionalLong knownAt) {
    locked(() -> {
      advance(knownAt);
      showRunning();
      forgetUnused(config.keepTopic().toNanos());
      return null;
    });
  }

  /** Forgets topics that nobody has followed for so long. */
  void forget(long nanos) {
    locked(() -> {
      forgetUnused(nanos);
      return null;
    });
  }

  private void forgetUnused(long nanos) {
    boolean any =
        topics
            .values()
            .removeIf(topic -> {
              boolean isUnused = topic.isUnused(nanos);
              if (isUnused) {
                topic.close();
              }
              return isUnused;
            });
    if (any) {
      count = topics.size();
      shown.keySet().retainAll(topics.values());
      forgetPages();
    }
  }

  /** Pages that no topic follows are not kept up to date, so nobody must find them later. */
  private void forgetPages() {
    pages.keySet().retainAll(wanted(topics.values().stream().map(Topic::pages).toList()));
    countPages();
  }

  private static Set<PageKey> wanted(List<Collection<PageKey>> each) {
    Set<PageKey> keys = new HashSet<>();
    each.forEach(keys::addAll);
    return keys;
  }

  private void advance(OptionalLong knownAt) {
    Optional<Session> newest = source.day(underlying).flatMap(underlying.calendar()::session);
    if (newest.isEmpty()) {
      return;
    }
    Session now = newest.get();
    long known =
        source
            .generations()
            .find(underlying.symbol(), now.day())
            .map(GenerationStore.Row::version)
            .orElse(0L);
    if (now.equals(session) && known == version) {
      return;
    }
    if (!topics.isEmpty()) {
      tell(now, knownAt);
    }
    session = now;
    version = known;
  }

  private void tell(Session now, OptionalLong knownAt) {
    ListedExpiries listed = source.listed(underlying, now);
    Map<Topic, Topic.Chains> chains = new LinkedHashMap<>();
    topics.values().forEach(t -> chains.put(t, Topic.Chains.of(t.query(), listed)));
    Set<PageKey> keys = new HashSet<>();
    chains.forEach((topic, its) -> keys.addAll(topic.pages(its)));
    Map<PageKey, ChainPage> next = reader.read(keys, now, pages);
    Map<PageKey, PageChange> changes = new HashMap<>();
    next.forEach((key, after) -> {
      ChainPage before = pages.get(key);
      if (before != null && before != after) {
        changes.put(key, PageChange.between(before, after));
      }
    });
    pages = next;
    countPages();
    chains.forEach((topic, its) -> {
      try {
        tell(topic, its, changes, knownAt);
      } catch (RuntimeException | Error e) {
        LOG.error("topic {} of {} begins anew", topic.id(), underlying.symbol(), e);
        breakOff(topic);
      }
    });
    forgetPages();
    count = topics.size();
  }

  /** A topic that missed something is over: its clients are told, and resume in another epoch. */
  private void breakOff(Topic topic) {
    topics.remove(topic.query().canonical());
    shown.remove(topic);
    topic.close();
    for (Subscription subscription : List.copyOf(topic.subscriptions())) {
      subscription.subscriber().outbox().cut(subscription);
      leave(subscription);
      metrics.cut();
    }
  }

  /** Begins everything anew after a failure that may have left anything behind. */
  void breakOff() {
    locked(() -> {
      List.copyOf(topics.values()).forEach(this::breakOff);
      pages.clear();
      countPages();
      session = null;
      count = 0;
      return null;
    });
  }

  private void tell(
      Topic topic, Topic.Chains its, Map<PageKey, PageChange> changes, OptionalLong knownAt) {
    if (!its.equals(topic.chains())) {
      boolean isNewDay = !its.day().equals(topic.chains().day());
      publish(topic, topic.roll(its, isNewDay ? "new_day" : "rolled", pages, knownAt));
      return;
    }
    List<ChainDelta> deltas = new ArrayList<>();
    int cells = 0;
    for (PageKey key : topic.pages()) {
      PageChange change = changes.get(key);
      if (change != null) {
        ChainDelta delta = ChainDelta.of(change, topic.query());
        cells += delta.cells();
        deltas.add(delta);
      }
    }
    deltas.removeIf(ChainDelta::isEmpty);
    if (cells > MOST_CELLS) {
      publish(topic, topic.fresh("large_change", pages, knownAt));
    } else if (!deltas.isEmpty()) {
      publish(topic, topic.delta(deltas, knownAt));
    }
  }

  private void publish(Topic topic, StreamMessage message) {
    for (Subscription subscription : List.copyOf(topic.subscriptions())) {
      put(subscription, message);
    }
  }

  private void showRunning() {
    Map<PageKey, Optional<RunningChain>> running = new HashMap<>();
    for (Topic topic : topics.values()) {
      if (topic.query().timeframe() != Timeframe.MIN1 || topic.subscriptions().isEmpty()) {
        continue;
      }
      List<RunningChain> chains = new ArrayList<>();
      Map<PageKey, RunningChain.Version> versions = new HashMap<>();
      for (PageKey key : topic.pages()) {
        running
            .computeIfAbsent(key, k -> reader.running(pages.get(k)))
            .ifPresent(chain -> {
              chains.add(chain);
              versions.put(key, chain.version());
            });
      }
      boolean isNew = !chains.isEmpty() && !versions.equals(shown.get(topic));
      if (isNew && !topic.isShownLately(config.provisional().toNanos())) {
        shown.put(topic, versions);
        StreamMessage message = topic.provisional(chains);
        topic.subscriptions().forEach(s -> s.subscriber().outbox().putLatest(s, message));
      }
    }
  }
}
