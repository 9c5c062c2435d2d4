package io.strikegrid.server.platform.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;

/**
 * The threads of a process that must live. Parts start theirs here; whoever is asked how the
 * process is reads. Safe for use by any number of threads.
 */
public final class Watch {

  private final LongSupplier nanos;
  private final List<Watched> members = new CopyOnWriteArrayList<>();

  /** One that goes by the machine's own ticker, for a part that runs alone. */
  public Watch() {
    this(System::nanoTime);
  }

  /**
   * One without threads.
   *
   * @param nanos a ticker in nanoseconds
   */
  public Watch(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Starts a thread that is watched until its owner stops it. */
  public WatchedThread start(Vital vital, WatchedThread.Work work) {
    List<WatchedThread> self = new ArrayList<>(1);
    WatchedThread thread =
        new WatchedThread(vital, work, nanos, () -> self.forEach(members::remove));
    self.add(thread);
    thread.start();
    members.add(thread);
    return thread;
  }

  /** Watches threads that somebody else starts, by their signs of life alone. */
  public Heartbeat pulse(Vital vital) {
    Pulse pulse = new Pulse(vital, nanos);
    members.add(pulse);
    return pulse;
  }

  /** Watches those no more: whoever started them stops them. */
  public void forget(Heartbeat pulse) {
    members.removeIf(member -> member.equals(pulse));
  }

  /** All of them as they are now, in the order of starting. */
  public List<ThreadLook> look() {
    return members.stream().map(Watched::look).toList();
  }

  /** What is wrong with them now; empty where nothing is. */
  public List<String> reasons() {
    return look().stream().map(ThreadLook::reason).flatMap(Optional::stream).toList();
  }

  /** Why this process will not do its work again; empty where it can. */
  public Optional<String> hopeless() {
    return look().stream()
        .filter(ThreadLook::isHopeless)
        .map(ThreadLook::reason)
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** Where a thread that is stuck stands; empty where none of that name can be asked. */
  Optional<StackTraceElement[]> stack(String name) {
    return members.stream()
        .filter(WatchedThread.class::isInstance)
        .map(WatchedThread.class::cast)
        .filter(thread -> thread.look().name().equals(name))
        .map(WatchedThread::stack)
        .findFirst();
  }
}
