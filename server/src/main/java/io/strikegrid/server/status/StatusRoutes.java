package io.strikegrid.server.status;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.strikegrid.server.jobs.JobLook;
import io.strikegrid.server.live.Feeds;
import io.strikegrid.server.live.Live;
import io.strikegrid.server.pages.Generations;
import io.strikegrid.server.pages.Pages;
import io.strikegrid.server.platform.http.Answers;
import io.strikegrid.server.platform.http.Caller;
import io.strikegrid.server.platform.http.Parameters;
import io.strikegrid.server.platform.http.Problem;
import io.strikegrid.server.platform.http.ProblemCode;
import io.strikegrid.server.platform.http.Role;
import io.strikegrid.server.platform.http.Routes;
import io.strikegrid.server.platform.postgres.ServerState;
import io.strikegrid.server.platform.watch.Watch;
import io.strikegrid.server.store.Database;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** State, health, metrics and the contract. */
public final class StatusRoutes implements Routes {

  private static final String METRICS = "text/plain; version=0.0.4; charset=utf-8";
  private static final String NO_STORE = "the store does not answer";
  private static final String UNREAD = "jobs, aggregates and refused ticks cannot be read: ";

  private final String version;
  private final Database database;
  private final Generations generations;
  private final Pages pages;
  private final Live live;
  private final Feeds feeds;
  private final StoreLook look;
  private final Watch watch;
  private final Supplier<Optional<ServerState>> server;
  private final Supplier<List<String>> troubles;
  private final PrometheusMeterRegistry registry;
  private final InstantSource clock;
  private final Instant startedAt;
  private final ProcessMeters meters;
  private final Contract contract = new Contract();

  /**
   * The state of a server that starts now.
   *
   * @param version of the server
   * @param server how the embedded database server is, where it is one
   * @param troubles what else is wrong, in words
   */
  public StatusRoutes(
      String version,
      Database database,
      Generations generations,
      Pages pages,
      Live live,
      Feeds feeds,
      StoreLook look,
      Watch watch,
      Supplier<Optional<ServerState>> server,
      Supplier<List<String>> troubles,
      PrometheusMeterRegistry registry,
      InstantSource clock) {
    this.version = version;
    this.database = database;
    this.generations = generations;
    this.pages = pages;
    this.live = live;
    this.feeds = feeds;
    this.look = look;
    this.watch = watch;
    this.server = server;
    this.troubles = troubles;
    this.registry = registry;
    this.clock = clock;
    this.startedAt = clock.instant();
    this.meters = new ProcessMeters(registry, watch, look);
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.get("/status", this::status, Role.READ);
    routes.get("/health/live", this::live, Role.OPEN);
    routes.get("/health/ready", this::ready, Role.OPEN);
    routes.get("/metrics", this::metrics, Role.READ);
    routes.get("/openapi.yaml", contract::file, Role.OPEN);
    routes.get("/docs", contract::page, Role.OPEN);
    routes.get("/docs/{part}", contract::part, Role.OPEN);
  }

  private void status(Context context) throws IOException {
    Parameters.of(context);
    look.refreshAll();
    boolean isAlive = generations.isCurrent() && look.isUp();
    List<JobLook> looks = isAlive ? look.jobs() : List.of();
    List<String> stopping = stopping();
    List<String> wrong = new ArrayList<>(stopping);
    RefusedView kept = new RefusedView(isAlive ? look.refused() : Optional.empty());
    wrong.addAll(reasons(looks, kept));
    Answers.sendFresh(
        context,
        new StatusView(
            version,
            startedAt,
            clock.instant(),
            database,
            isAlive,
            server.get(),
            stopping.isEmpty(),
            wrong,
            new AggregatesView(isAlive ? look.aggregates() : List.of(), look),
            generations,
            pages,
            new LiveView(live),
            new FeedsView(feeds.look()),
            new JobsView(looks),
            kept,
            new ThreadsView(watch.look()),
            Shown.to(Caller.current(), generations.symbols())));
  }

  private void live(Context context) throws IOException {
    Parameters.of(context);
    Optional<String> hopeless = watch.hopeless();
    if (hopeless.isPresent()) {
      throw new Problem(ProblemCode.NOT_READY, hopeless.get() + "; start the server again");
    }
    Answers.sendFresh(context, new WordView("alive"));
  }

  private void ready(Context context) throws IOException {
    Parameters.of(context);
    look.refresh();
    List<String> stopping = stopping();
    if (!stopping.isEmpty()) {
      throw new Problem(ProblemCode.NOT_READY, String.join("; ", stopping));
    }
    Answers.sendFresh(
        context, new ReadyView(reasons(look.jobs(), new RefusedView(look.refused()))));
  }

  /** Why the server cannot serve; empty where it can. */
  private List<String> stopping() {
    List<String> reasons = new ArrayList<>(watch.reasons());
    if (!generations.isCurrent() || !look.isUp()) {
      reasons.addFirst(NO_STORE);
    }
    return reasons;
  }

  /** Why a server that can serve may not be current. */
  private List<String> reasons(List<JobLook> looks, RefusedView kept) {
    List<String> reasons = new ArrayList<>(feeds.reasons());
    live.state().trouble().ifPresent(reasons::add);
    looks.forEach(job -> reasons.addAll(job.reasons()));
    kept.reason().ifPresent(reasons::add);
    if (look.isUp()) {
      look.unread().map(UNREAD::concat).ifPresent(reasons::add);
    }
    reasons.addAll(troubles.get());
    return reasons;
  }

  private void metrics(Context context) throws IOException {
    Parameters.of(context);
    meters.refresh();
    Answers.sendFresh(context, METRICS, registry.scrape());
  }
}
