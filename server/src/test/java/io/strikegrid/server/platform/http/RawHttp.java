package io.strikegrid.server.platform.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client that sends what it is told, well formed or not. */
final class RawHttp implements Closeable {

  private static final int PATIENCE_MILLIS = 60_000;

  private final Socket socket;

  /** A connection to a port of this machine. */
  RawHttp(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
  }

  /**
   * An answer.
   *
   * @param status 0 where the server hung up without one
   * @param text all of it
   */
  record Reply(int status, String text) {

    JsonNode problem() throws IOException {
      return new JsonMapper().readTree(text.substring(text.indexOf("\r\n\r\n") + 4));
    }
  }

  /** The answer to one request, on a connection of its own. */
  static Reply ask(int port, String request) throws IOException {
    try (RawHttp http = new RawHttp(port)) {
      http.send(request);
      return http.rest();
    }
  }

  void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** All that comes until the server hangs up. */
  Reply rest() throws IOException {
    String text;
    try {
      text = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (java.net.SocketException e) {
      text = ""; // hung up while something was on its way
    }
    return new Reply(text.isEmpty() ? 0 : Integer.parseInt(text.substring(9, 12)), text);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
