package io.strikegrid.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Stands before a server on this machine, and can hang or be gone: while it hangs connections are
 * taken and nothing goes through; while it is cut none can be made and those there were are closed.
 */
public final class TcpProxy implements AutoCloseable {

  private final int target;
  private final ServerSocket listening;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean isHanging;
  private volatile boolean isCut;

  private TcpProxy(int target, ServerSocket listening) {
    this.target = target;
    this.listening = listening;
  }

  /** One before a port of this machine. */
  public static TcpProxy before(int target) {
    try {
      TcpProxy proxy =
          new TcpProxy(target, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
      Thread.ofVirtual().start(proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it listens. */
  public int port() {
    return listening.getLocalPort();
  }

  /** From now on nothing goes through. */
  public void hang() {
    set(true);
  }

  /** What waits goes through, and what comes. */
  public void goOn() {
    isCut = false;
    set(false);
  }

  /** Closes all connections, and every new one at once. */
  public void cut() {
    isCut = true;
    open.forEach(TcpProxy::close);
  }

  private void set(boolean hanging) {
    lock.lock();
    try {
      isHanging = hanging;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listening.accept();
        open.add(client);
        if (isCut) {
          close(client);
          continue;
        }
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        open.add(server);
        Thread.ofVirtual().start(() -> forward(client, server));
        Thread.ofVirtual().start(() -> forward(server, client));
      }
    } catch (SocketException e) {
      // closed
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void forward(Socket from, Socket to) {
    byte[] bytes = new byte[8192];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int length = in.read(bytes); length >= 0; length = in.read(bytes)) {
        awaitGoing();
        out.write(bytes, 0, length);
      }
    } catch (IOException e) {
      // one of them is gone
    } finally {
      close(from);
      close(to);
    }
  }

  private void awaitGoing() {
    lock.lock();
    try {
      while (isHanging) {
        changed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    cut();
    set(false);
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
