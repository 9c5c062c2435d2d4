package io.strikegrid.benchmarks;

import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Does every one of many subscribers, each with a filter of its own, get every message, how long
 * does that take from the moment at which a commit is known, and do readers that take nothing slow
 * the others?
 *
 * <p>A chain of 4 expiries with 63 strikes gets another minute committed at an even pace. Server,
 * store and subscribers share the machine, server and subscribers one process too. Ends by itself,
 * with 1 where a number is missing. Command: {@code ./strikegrid load stream}.
 */
@Command(
    name = "load stream",
    mixinStandardHelpOptions = true,
    description = "Streams a chain to many subscribers, and checks that none misses a message.")
public final class StreamLoad implements Callable<Integer> {

  private static final int START_MINUTES = 10;
  private static final long PATIENCE_MILLIS = 20_000;
  private static final double NANOS_PER_MILLI = 1e6;

  @Option(names = "--subscribers", description = "Subscribers that read: ${DEFAULT-VALUE}.")
  int subscribers = 500;

  @Option(names = "--stalled", description = "Subscribers that do not: ${DEFAULT-VALUE}.")
  int stalled = 5;

  @Option(names = "--seconds", description = "How long: ${DEFAULT-VALUE}.")
  int seconds = 60;

  @Option(names = "--every", description = "Milliseconds between commits: ${DEFAULT-VALUE}.")
  int every = 1000;

  @Option(names = "--data", description = "Folder of the store: ${DEFAULT-VALUE}.")
  Path data = Path.of("target/stream-load");

  private final long[] waits = new long[4_000_000];
  private final AtomicInteger count = new AtomicInteger();

  /** Runs it. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new StreamLoad()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    List<StreamLoadSubscriber> reading = new ArrayList<>();
    List<StreamLoadSubscriber> silent = new ArrayList<>();
    try (StreamLoadServer server = new StreamLoadServer(data, START_MINUTES);
        HttpClient http =
            HttpClient.newBuilder().executor(Executors.newVirtualThreadPerTaskExecutor()).build()) {
      for (int i = 0; i < subscribers; i++) {
        reading.add(
            new StreamLoadSubscriber(
                http,
                server.uri(),
                StreamLoadFilter.subscribe(i),
                true,
                (generation, at) -> took(server, generation, at)));
      }
      for (int i = 0; i < stalled; i++) {
        silent.add(
            new StreamLoadSubscriber(
                http, server.uri(), StreamLoadFilter.everything(), false, (generation, at) -> {}));
      }
      System.out.printf(
          "%d subscribers on filters of their own, %d that read nothing; %d s, a minute each %d ms%n",
          subscribers, stalled, seconds, every);
      long last = run(server);
      boolean isComplete = await(reading, last);
      silent.forEach(StreamLoadSubscriber::read);
      boolean isTold = awaitSilent(silent, last);
      report(reading, silent, isComplete, isTold);
      boolean isRight = isComplete && isTold && faults(reading) + faults(silent) == 0;
      reading.forEach(StreamLoadSubscriber::close);
      silent.forEach(StreamLoadSubscriber::close);
      return isRight ? 0 : 1;
    }
  }

  private void took(StreamLoadServer server, long generation, long at) {
    server
        .knownAt(generation)
        .ifPresent(known -> {
          int i = count.getAndIncrement();
          if (i < waits.length) {
            waits[i] = at - known;
          }
        });
  }

  private long run(StreamLoadServer server) throws InterruptedException {
    long start = System.nanoTime();
    long last = 0;
    int commits = (int) (seconds * 1000L / every);
    for (int i = 0; i < commits; i++) {
      long due = start + (long) i * every * (long) NANOS_PER_MILLI;
      long wait = due - System.nanoTime();
      if (wait > 0) {
        Thread.sleep((long) (wait / NANOS_PER_MILLI));
      }
      last = server.commitMinute();
    }
    return last;
  }

  private static boolean await(List<StreamLoadSubscriber> all, long generation)
      throws InterruptedException {
    long end = System.nanoTime() + (long) (PATIENCE_MILLIS * NANOS_PER_MILLI);
    while (all.stream().anyMatch(one -> one.generation() < generation)) {
      if (System.nanoTime() > end) {
        return false;
      }
      Thread.sleep(20);
    }
    return true;
  }

  /** Whether each has everything by now, or was told that it was cut. */
  private static boolean awaitSilent(List<StreamLoadSubscriber> all, long generation)
      throws InterruptedException {
    return await(all.stream().filter(one -> !one.isCut()).toList(), generation)
        || all.stream().allMatch(one -> one.isCut() || one.generation() >= generation);
  }

  private static int faults(List<StreamLoadSubscriber> all) {
    return all.stream().mapToInt(one -> one.faults().size()).sum();
  }

  private void report(
      List<StreamLoadSubscriber> reading,
      List<StreamLoadSubscriber> silent,
      boolean isComplete,
      boolean isTold) {
    long[] sorted = Arrays.copyOf(waits, Math.min(count.get(), waits.length));
    Arrays.sort(sorted);
    System.out.printf(
        "%d deltas, %.1f MB; from known to received: p50 %.1f ms, p99 %.1f ms, longest %.1f ms%n",
        count.get(),
        reading.stream().mapToLong(StreamLoadSubscriber::bytes).sum() / 1e6,
        at(sorted, 0.5),
        at(sorted, 0.99),
        at(sorted, 1));
    System.out.printf(
        "those that read nothing: %d cut and told, %d with everything once they read%n",
        silent.stream().filter(StreamLoadSubscriber::isCut).count(),
        silent.stream().filter(one -> !one.isCut()).count());
    reading.stream().flatMap(one -> one.faults().stream()).limit(10).forEach(System.out::println);
    System.out.println(
        isComplete && isTold && faults(reading) + faults(silent) == 0
            ? "no number is missing"
            : "NUMBERS ARE MISSING");
  }

  private static double at(long[] sorted, double part) {
    return sorted.length == 0
        ? Double.NaN
        : sorted[(int) Math.min(sorted.length - 1L, (long) (part * sorted.length))]
            / NANOS_PER_MILLI;
  }
}
