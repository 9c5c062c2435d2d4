package io.strikegrid.server.stream;

import io.strikegrid.server.ApiClient;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A client that does the handshake and then nothing by itself: it answers no ping. */
final class RawClient implements AutoCloseable {

  static final int CLOSE = 8;

  private final Socket socket;
  private final DataInputStream in;

  /** A frame as it came. */
  @SuppressWarnings("ArrayRecordComponent") // read alone
  record Frame(int opcode, byte[] payload) {

    int closeCode() {
      return ((payload[0] & 0xff) << 8) | (payload[1] & 0xff);
    }

    String closeReason() {
      return new String(Arrays.copyOfRange(payload, 2, payload.length), StandardCharsets.UTF_8);
    }
  }

  private RawClient(int port) throws IOException {
    this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(60_000);
    this.in = new DataInputStream(socket.getInputStream());
    String request =
        "GET /fo/stream HTTP/1.1\r\nHost: 127.0.0.1:"
            + port
            + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    StringBuilder answer = new StringBuilder();
    while (answer.indexOf("\r\n\r\n") < 0) {
      answer.append((char) in.readUnsignedByte());
    }
    if (!answer.toString().startsWith("HTTP/1.1 101")) {
      throw new IOException(answer.toString());
    }
  }

  static RawClient connect(ApiClient to) {
    try {
      return new RawClient(to.port());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The next frame of a kind, whatever comes before it. */
  Frame nextFrame(int opcode) {
    try {
      Frame frame;
      do {
        frame = frame();
      } while (frame.opcode != opcode);
      return frame;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Frame frame() throws IOException {
    int opcode = in.readUnsignedByte() & 0xf;
    int length = in.readUnsignedByte() & 0x7f;
    long size = length == 126 ? in.readUnsignedShort() : length == 127 ? in.readLong() : length;
    byte[] payload = new byte[(int) size];
    in.readFully(payload);
    return new Frame(opcode, payload);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
