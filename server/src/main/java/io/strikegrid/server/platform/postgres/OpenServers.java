package io.strikegrid.server.platform.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The data folders in use by this process.
 *
 * <p>Static on purpose. A file lock belongs to the process, not to an object: a second lock of the
 * same file is refused inside one JVM, and closing any other channel of the file drops the first
 * one's lock. So there must be one holder per folder and process, whoever created the parts that
 * use it.
 */
final class OpenServers {

  private static final Logger LOG = LoggerFactory.getLogger(OpenServers.class);
  private static final ConcurrentMap<Path, Slot> SLOTS = new ConcurrentHashMap<>();

  private OpenServers() {}

  static Slot slot(DataFolder folder) {
    return SLOTS.computeIfAbsent(folder.path(), _ -> new Slot(folder));
  }

  /** This process's users of one data folder: counted, and together holding one shared lock. */
  static final class Slot implements Supervisor.Supervised {

    private final DataFolder folder;
    private final ReentrantLock inProcess = new ReentrantLock();
    private final AtomicInteger users = new AtomicInteger();
    private volatile LifeProbe probe = new LifeProbe(LifeProbe.Patience.USUAL);
    private volatile @Nullable Supervisor supervisor;
    private @Nullable UsersLock lock;

    private Slot(DataFolder folder) {
      this.folder = folder;
    }

    /**
     * Takes another user in.
     *
     * @param patience with a server that does not answer; that of the first user holds
     */
    Server enter(LifeProbe.Patience patience) throws IOException, InterruptedException {
      inProcess.lockInterruptibly();
      try (StartLock _ = StartLock.acquire(folder.startLock())) {
        UsersLock held = lock;
        if (held != null) {
          Server server = new Launcher(folder).ensureRunning(true);
          users.incrementAndGet();
          return server;
        }
        UsersLock fresh = UsersLock.open(folder.usersLock());
        try {
          Server server = new Launcher(folder).ensureRunning(fresh.heldByOthers());
          fresh.share();
          lock = fresh;
          users.set(1);
          probe = new LifeProbe(patience);
          supervisor = new Supervisor(this, InstantSource.system(), System::nanoTime);
          return server;
        } finally {
          if (lock == null) {
            fresh.close();
          }
        }
      } finally {
        inProcess.unlock();
      }
    }

    void leave() {
      boolean interrupted = Thread.interrupted(); // an interrupt would close the lock's channel
      int left = users.decrementAndGet();
      Supervisor watching = supervisor;
      if (left == 0 && watching != null) {
        watching.hurry(); // it may hold the lock while it starts the server again
      }
      inProcess.lock();
      try {
        if (users.get() == 0 && lock != null) {
          leaveProcess();
        }
      } catch (IOException e) {
        LOG.error(
            "PostgreSQL on {} could not be stopped; the next start adopts it", folder.path(), e);
      } catch (InterruptedException e) {
        interrupted = true;
        LOG.warn("interrupted while stopping PostgreSQL on {}", folder.path(), e);
      } finally {
        inProcess.unlock();
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }

    ServerState state() {
      Supervisor watching = supervisor;
      return watching == null ? ServerState.running(0) : watching.state();
    }

    @Override
    public boolean isThere() throws IOException {
      return Postmaster.find(folder.cluster()).isPresent();
    }

    /**
     * Without the start lock, which somebody may hold who waits for this very server. It may be
     * another one by now only where that one started in this moment.
     */
    @Override
    public void endFrozen() throws IOException {
      Optional<Postmaster> asked = Postmaster.find(folder.cluster());
      if (!probe.isFrozen(asked)) {
        return;
      }
      Optional<Postmaster> now =
          Postmaster.find(folder.cluster())
              .filter(one -> asked.filter(was -> was.pid() == one.pid()).isPresent());
      if (now.isPresent()) {
        LOG.error("{}, process {}, left {} unanswered; ending it", name(), now.get().pid(), probe);
        now.get().kill();
      }
    }

    /** Of several processes, the one that has the start lock first starts it; others join. */
    @Override
    public void restart() throws IOException, InterruptedException {
      inProcess.lockInterruptibly();
      try {
        if (users.get() == 0) {
          throw new EmbeddedPostgresException("nobody uses it any more");
        }
        try (StartLock _ = StartLock.acquire(folder.startLock())) {
          new Launcher(folder).ensureRunning(true);
        }
      } finally {
        inProcess.unlock();
      }
    }

    @Override
    public String name() {
      return "PostgreSQL on " + folder.path();
    }

    private void leaveProcess() throws IOException, InterruptedException {
      Supervisor watching = supervisor;
      if (watching != null) {
        watching.end();
        supervisor = null;
      }
      try (UsersLock held = lock;
          StartLock _ = StartLock.acquire(folder.startLock())) {
        lock = null;
        if (held != null && held.releaseAsLast()) {
          new Launcher(folder).stop();
        }
      } finally {
        lock = null;
      }
    }
  }
}
