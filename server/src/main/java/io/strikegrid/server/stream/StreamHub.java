package io.strikegrid.server.stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.server.platform.http.Caller;
import io.strikegrid.server.platform.http.Parameters;
import io.strikegrid.server.platform.http.Places;
import io.strikegrid.server.platform.http.Problem;
import io.strikegrid.server.platform.http.ProblemCode;
import io.strikegrid.server.platform.watch.Heartbeat;
import io.strikegrid.server.platform.watch.Outage;
import io.strikegrid.server.platform.watch.Vital;
import io.strikegrid.server.platform.watch.Watch;
import io.strikegrid.server.platform.watch.WatchedThread;
import io.strikegrid.server.store.GenerationStore;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All connections to the stream, and the streams of all symbols. A thread of its own looks after
 * both several times a second; news of commits go straight to the symbol's own thread.
 */
public final class StreamHub implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StreamHub.class);
  private static final Vital STREAM = Vital.of("stream", Duration.ofSeconds(30));

  private final StreamSource source;
  private final StreamConfig config;
  private final StreamMetrics metrics;
  private final QueryReader queries;
  private final StreamMemory kept = StreamMemory.usual();
  private final StreamMemory waiting = StreamMemory.usual();
  private final StreamMemory followed;
  private final Map<String, SymbolWorker> symbols = new ConcurrentHashMap<>();
  private final Places places;
  private final Set<Subscriber> subscribers = ConcurrentHashMap.newKeySet();
  private final Outage failing = new Outage(LOG, "connections to the stream are not looked after");
  private final WatchedThread thread;
  private volatile boolean isClosing;

  /**
   * A stream without connections.
   *
   * @param registry takes figures for operators
   */
  public StreamHub(StreamSource source, StreamConfig config, MeterRegistry registry) {
    this(source, config, registry, new Watch());
  }

  /** The same, with its thread watched. */
  public StreamHub(StreamSource source, StreamConfig config, MeterRegistry registry, Watch watch) {
    this.source = source;
    this.config = config;
    this.followed = new StreamMemory(source.pages().maxBytes());
    this.places = new Places(config.connectionsPerClient());
    this.metrics = new StreamMetrics(registry);
    this.queries = new QueryReader(source);
    metrics.watch(subscribers::size, this::topics);
    source.generations().onChange(this::changed);
    this.thread = watch.start(STREAM, this::lookAfter);
  }

  private void changed(GenerationStore.Row row) {
    SymbolWorker worker = symbols.get(row.symbol());
    if (worker != null) {
      worker.news();
    }
  }

  private int topics() {
    return symbols.values().stream().mapToInt(worker -> worker.stream().count()).sum();
  }

  StreamConfig config() {
    return config;
  }

  long now() {
    return source.now();
  }

  /**
   * Checks that another connection may be made.
   *
   * @throws Problem where there are as many as there may be, or the client has as many as it may,
   *     or the server stops
   */
  void admit(Caller caller) {
    if (isClosing) {
      throw new Problem(ProblemCode.NOT_READY, "the server is stopping");
    }
    if (subscribers.size() >= config.connections()) {
      throw new Problem(
          ProblemCode.NOT_READY,
          "the stream has " + config.connections() + " connections, as many as there may be");
    }
    places.check(caller, "connections to the stream");
  }

  /**
   * Takes a connection in.
   *
   * @param caller whose it is
   * @param answers whether its client can send, and so must
   */
  Subscriber connect(Wire wire, Caller caller, boolean answers) {
    Outbox outbox = new Outbox(wire, config.waiting(), metrics::taken, waiting);
    Subscriber subscriber = new Subscriber(wire, outbox, config, caller, answers);
    subscribers.add(subscriber);
    boolean isWithin = places.take(caller);
    if (isClosing) {
      subscriber.close(WebSocketCodes.STOPPING, "the server stops");
    } else if (!isWithin) {
      subscriber.close(WebSocketCodes.TRY_LATER, "this client has as many as it may");
    }
    return subscriber;
  }

  /** Lets a connection go that has ended. */
  void disconnect(Subscriber subscriber) {
    if (subscribers.remove(subscriber)) {
      places.free(subscriber.caller());
    }
    subscriber.outbox().close();
    subscriber.subscriptions().forEach(subscription -> end(subscription, false));
  }

  /**
   * What is asked for, checked.
   *
   * @throws Problem naming what is at fault
   */
  StreamQuery query(Parameters parameters) {
    return queries.read(parameters);
  }

  /**
   * Begins a subscription.
   *
   * @param id the client's own name of it
   * @throws Problem where that cannot be
   */
  void subscribe(Subscriber subscriber, String id, StreamQuery query, @Nullable Resume resume) {
    subscriber.checkRoom(id);
    boolean isRoom = topics() < config.topics();
    if (!isRoom) {
      symbols.values().forEach(worker -> worker.stream().forget(0));
      isRoom = topics() < config.topics();
    }
    symbol(query.underlying()).stream().subscribe(subscriber, id, query, resume, isRoom);
    if (!subscribers.contains(subscriber)) {
      disconnect(subscriber); // it went while it subscribed
    }
  }

  private SymbolWorker symbol(Underlying underlying) {
    return symbols.computeIfAbsent(
        underlying.symbol(),
        s ->
            new SymbolWorker(
                new SymbolStream(underlying, source, config, metrics, kept, followed), s));
  }

  /** Ends a subscription, and says so where its client asked for it. */
  void end(Subscription subscription, boolean isAsked) {
    symbol(subscription.topic().query().underlying()).stream().end(subscription, isAsked);
  }

  private void lookAfter(Heartbeat heartbeat) throws InterruptedException {
    Duration every = config.provisional().dividedBy(2);
    while (!isClosing) {
      heartbeat.beat();
      Thread.sleep(every);
      symbols.values().forEach(SymbolWorker::look);
      boolean isWell = true;
      for (Subscriber subscriber : subscribers) {
        isWell &= lookAfter(subscriber);
        heartbeat.beat();
      }
      if (isWell) {
        failing.over();
      }
    }
  }

  private boolean lookAfter(Subscriber subscriber) {
    try {
      subscriber.lookAfter(System.nanoTime(), source.now());
      return true;
    } catch (RuntimeException | Error e) {
      failing.failed("at least one: " + e, e);
      return false;
    }
  }

  /** One that cannot be told keeps none of the others from being told. */
  private static void sayGoodbye(Subscriber subscriber) {
    try {
      subscriber.close(WebSocketCodes.STOPPING, "the server stops");
    } catch (RuntimeException e) {
      LOG.debug("a connection was not closed in order", e);
    }
  }

  /** Says goodbye to every client, and takes no more. */
  @Override
  public void close() {
    thread.stopping();
    isClosing = true;
    thread.interrupt();
    subscribers.forEach(StreamHub::sayGoodbye);
    symbols.values().forEach(SymbolWorker::close);
  }
}
