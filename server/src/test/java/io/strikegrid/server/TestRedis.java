package io.strikegrid.server;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Redis server on a free port that writes what it is told to a file before it answers, so that
 * killing and starting it again loses nothing. Closing it removes its data.
 */
public final class TestRedis implements AutoCloseable {

  private static final Duration START_WITHIN = Duration.ofSeconds(20);

  private final Path folder;
  private final int port;
  private final RedisClient client = RedisClient.create();
  private @Nullable Process process;
  private @Nullable StatefulRedisConnection<String, String> connection;

  private TestRedis(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  /** Starts one. */
  public static TestRedis start() {
    try {
      TestRedis redis = new TestRedis(Files.createTempDirectory("strikegrid-redis"), freePort());
      redis.startAgain();
      return redis;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      return free.getLocalPort();
    }
  }

  /** Starts the server with what it kept. */
  public void startAgain() {
    try {
      process =
          new ProcessBuilder(
                  "redis-server",
                  "--port",
                  Integer.toString(port),
                  "--bind",
                  "127.0.0.1",
                  "--dir",
                  folder.toString(),
                  "--save",
                  "",
                  "--appendonly",
                  "yes",
                  "--appendfsync",
                  "no")
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("log").toFile())
              .start();
    } catch (IOException e) {
      throw new IllegalStateException(
          "this test needs redis-server in the path (Debian: apt-get install redis-server): "
              + e.getMessage(),
          e);
    }
    awaitPort();
  }

  private void awaitPort() {
    long end = System.nanoTime() + START_WITHIN.toNanos();
    while (true) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
        socket.setSoTimeout(500);
        socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
        if (socket.getInputStream().read() == '+') {
          return;
        }
        throw new IOException("it still reads what it kept");
      } catch (IOException e) {
        if (System.nanoTime() > end) {
          throw new IllegalStateException("redis-server does not listen; see " + folder, e);
        }
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Stops the server at once, as a crash would. */
  public void stop() {
    if (connection != null) {
      connection.close();
      connection = null;
    }
    Process running = process;
    process = null;
    if (running != null) {
      running.destroyForcibly();
      try {
        running.waitFor(10, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Makes the server answer nothing more, though its connections stay. */
  public void freeze() {
    signal("STOP");
  }

  /** Lets it go on. */
  public void thaw() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      String pid = Long.toString(Objects.requireNonNull(process).pid());
      int code = new ProcessBuilder("kill", "-" + name, pid).start().waitFor();
      if (code != 0) {
        throw new IllegalStateException("kill -" + name + " ended with " + code);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Its address. */
  public String url() {
    return "redis://127.0.0.1:" + port;
  }

  /** For looking into it. */
  public RedisCommands<String, String> commands() {
    StatefulRedisConnection<String, String> open = connection;
    if (open == null) {
      open = client.connect(io.lettuce.core.RedisURI.create(url()));
      connection = open;
    }
    return open.sync();
  }

  @Override
  public void close() {
    stop();
    client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
