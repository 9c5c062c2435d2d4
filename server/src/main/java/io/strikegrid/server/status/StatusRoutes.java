package io.strikegrid.server.status;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.strikegrid.server.jobs.JobLook;
import io.strikegrid.server.jobs.Jobs;
import io.strikegrid.server.live.Feeds;
import io.strikegrid.server.live.Live;
import io.strikegrid.server.pages.Generations;
import io.strikegrid.server.pages.Pages;
import io.strikegrid.server.platform.http.Answers;
import io.strikegrid.server.platform.http.Parameters;
import io.strikegrid.server.platform.http.Problem;
import io.strikegrid.server.platform.http.ProblemCode;
import io.strikegrid.server.platform.http.Role;
import io.strikegrid.server.platform.http.Routes;
import io.strikegrid.server.store.Database;
import io.strikegrid.server.store.RefusedStore;
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

  private final String version;
  private final Database database;
  private final Generations generations;
  private final Pages pages;
  private final Live live;
  private final Feeds feeds;
  private final Jobs jobs;
  private final Supplier<Optional<String>> journal;
  private final PrometheusMeterRegistry registry;
  private final InstantSource clock;
  private final Instant startedAt;
  private final RefusedStore refused;
  private final Contract contract = new Contract();

  /**
   * The state of a server that starts now.
   *
   * @param version of the server
   * @param journal says what of the journal of ticks needs somebody to look at it
   */
  public StatusRoutes(
      String version,
      Database database,
      Generations generations,
      Pages pages,
      Live live,
      Feeds feeds,
      Jobs jobs,
      Supplier<Optional<String>> journal,
      PrometheusMeterRegistry registry,
      InstantSource clock) {
    this.version = version;
    this.database = database;
    this.generations = generations;
    this.pages = pages;
    this.live = live;
    this.feeds = feeds;
    this.jobs = jobs;
    this.journal = journal;
    this.registry = registry;
    this.clock = clock;
    this.startedAt = clock.instant();
    this.refused = new RefusedStore(database);
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
    boolean isAlive = generations.isCurrent() && database.isAlive();
    List<AggregateStore.Row> aggregates = isAlive ? AggregateStore.read(database) : List.of();
    List<JobLook> looks = isAlive ? jobs.look() : List.of();
    RefusedView kept = new RefusedView(isAlive ? Optional.of(refused.summary()) : Optional.empty());
    Answers.sendFresh(
        context,
        new StatusView(
            version,
            startedAt,
            clock.instant(),
            database,
            isAlive,
            isAlive ? reasons(looks, kept) : List.of(NO_STORE),
            aggregates,
            generations,
            pages,
            new LiveView(live),
            new FeedsView(feeds.look()),
            new JobsView(looks),
            kept));
  }

  private void live(Context context) throws IOException {
    Parameters.of(context);
    Answers.sendFresh(context, new WordView("alive"));
  }

  private void ready(Context context) throws IOException {
    Parameters.of(context);
    if (!generations.isCurrent() || !database.isAlive()) {
      throw new Problem(ProblemCode.NOT_READY, NO_STORE);
    }
    Answers.sendFresh(
        context,
        new ReadyView(reasons(jobs.look(), new RefusedView(Optional.of(refused.summary())))));
  }

  /** Why a server that can serve may not be current. */
  private List<String> reasons(List<JobLook> looks, RefusedView kept) {
    List<String> reasons = new ArrayList<>(feeds.reasons());
    live.state().trouble().ifPresent(reasons::add);
    looks.forEach(look -> reasons.addAll(look.reasons()));
    kept.reason().ifPresent(reasons::add);
    journal.get().ifPresent(reasons::add);
    return reasons;
  }

  private void metrics(Context context) throws IOException {
    Parameters.of(context);
    Answers.sendFresh(context, METRICS, registry.scrape());
  }
}
