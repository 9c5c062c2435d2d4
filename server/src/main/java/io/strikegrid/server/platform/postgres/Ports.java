package io.strikegrid.server.platform.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;

/**
 * The server's port, remembered in a file: who has connections to it finds it there again after a
 * crash. It is chosen below those that the operating system gives out by itself (from 32,768 on
 * Linux), so that no outgoing connection takes it while the server is away.
 */
record Ports(Path file) {

  private static final int FIRST = 20_000;
  private static final int END = 32_768;
  private static final int TRIED = 20;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** The port of the server that ran last; 0 if none is known. */
  int last() throws IOException {
    String text = Files.exists(file) ? Files.readString(file).strip() : "";
    return text.matches("[1-9]\\d{0,4}") ? Integer.parseInt(text) : 0;
  }

  /** Remembers a port; costs no room on the disk where it is known already. */
  void remember(int port) throws IOException {
    if (last() != port) {
      Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
      Files.writeString(unfinished, port + "\n");
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /** The preferred port if it is free, else one that is. */
  static int choose(int preferred) throws EmbeddedPostgresException {
    if (preferred != 0 && isFree(preferred)) {
      return preferred;
    }
    for (int i = 0; i < TRIED; i++) {
      int port = RANDOM.nextInt(FIRST, END);
      if (isFree(port)) {
        return port;
      }
    }
    try (ServerSocket socket = bind(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new EmbeddedPostgresException("no free TCP port on 127.0.0.1 (" + e + ")", e);
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket _ = bind(port)) {
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private static ServerSocket bind(int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }
}
