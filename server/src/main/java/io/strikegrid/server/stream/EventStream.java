package io.strikegrid.server.stream;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A client of server-sent events. The virtual thread of its request writes, one message at a time,
 * and is the only one that the client can hold up.
 */
final class EventStream implements Wire {

  private static final byte[] ID = "id: ".getBytes(StandardCharsets.UTF_8);
  private static final byte[] DATA = "data: ".getBytes(StandardCharsets.UTF_8);
  private static final byte[] COMMENT = ": ".getBytes(StandardCharsets.UTF_8);
  private static final byte[] LINE = {'\n'};

  private final Thread thread = Thread.currentThread();
  private final BlockingQueue<Step> steps = new LinkedBlockingQueue<>();

  private sealed interface Step {}

  private record Send(StreamMessage message, Runnable done) implements Step {}

  private record End() implements Step {}

  @Override
  public void send(StreamMessage message, Runnable done) {
    steps.add(new Send(message, done));
  }

  @Override
  public void ping() {
    // its client has no way to answer
  }

  @Override
  public void close(int code, String reason) {
    steps.add(new End());
  }

  @Override
  public void drop() {
    thread.interrupt();
  }

  /**
   * Writes until the stream ends; called by the thread that made this.
   *
   * @param cutIsLast told when the client was told that it was cut
   * @throws IOException where the client is gone
   * @throws InterruptedException where the connection was dropped
   */
  void writeTo(OutputStream out, Runnable cutIsLast) throws IOException, InterruptedException {
    while (steps.take() instanceof Send(StreamMessage message, Runnable done)) {
      write(out, message);
      done.run();
      if (message.type().equals("cut")) {
        cutIsLast.run();
      }
    }
  }

  private static void write(OutputStream out, StreamMessage message) throws IOException {
    if (message.eventId() != null) {
      out.write(ID);
      out.write(message.eventId().getBytes(StandardCharsets.UTF_8));
      out.write(LINE);
    }
    out.write(message.type().equals("heartbeat") ? COMMENT : DATA);
    out.write(message.json());
    out.write(LINE);
    out.write(LINE);
    out.flush();
  }
}
