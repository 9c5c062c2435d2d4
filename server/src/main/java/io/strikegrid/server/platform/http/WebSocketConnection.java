package io.strikegrid.server.platform.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One WebSocket, frame by frame: puts the fragments of a message together, answers pings, and reads
 * on only when the listener has dealt with what came. Jetty calls it from one thread at a time;
 * what is sent may come from any.
 */
final class WebSocketConnection implements FrameHandler, WebSocketClient {

  private static final Logger LOG = LoggerFactory.getLogger(WebSocketConnection.class);

  private static final int FRAME_BYTES = 64 * 1024;

  private final WebSocketRoute route;
  private final Caller caller;
  private final Executor executor;
  private final ByteArrayOutputStream message = new ByteArrayOutputStream();
  private final AtomicBoolean pinging = new AtomicBoolean();
  private volatile @Nullable CoreSession session;
  private @Nullable WebSocketListener listener;

  WebSocketConnection(WebSocketRoute route, Caller caller, Executor executor) {
    this.route = route;
    this.caller = caller;
    this.executor = executor;
  }

  @Override
  public void onOpen(CoreSession opened, Callback callback) {
    opened.setIdleTimeout(Duration.ZERO); // pings of the client count, and so the listener judges
    opened.setAutoFragment(true); // so that no frame is ever gathered beyond this size
    opened.setMaxFrameSize(FRAME_BYTES);
    session = opened;
    listener = route.opening().apply(this);
    callback.succeeded();
    opened.demand();
  }

  @Override
  public void onFrame(Frame frame, Callback callback) {
    CoreSession from = session;
    WebSocketListener to = listener;
    if (from == null || to == null) {
      callback.failed(new IllegalStateException("a frame came before the connection was open"));
      return;
    }
    to.heard();
    switch (frame.getOpCode()) {
      case OpCode.TEXT, OpCode.CONTINUATION -> gather(frame, callback, from, to);
      case OpCode.BINARY -> {
        callback.succeeded();
        close(CloseStatus.BAD_DATA, "messages must be text; have a binary one");
      }
      case OpCode.PING -> {
        ByteBuffer same = BufferUtil.copy(frame.getPayload());
        callback.succeeded();
        from.sendFrame(new Frame(OpCode.PONG, same), Callback.from(from::demand, t -> {}), false);
      }
      case OpCode.PONG -> {
        pinging.set(false);
        callback.succeeded();
        from.demand();
      }
      default -> callback.succeeded(); // a close; Jetty answers it
    }
  }

  private void gather(Frame frame, Callback callback, CoreSession from, WebSocketListener to) {
    int length = frame.getPayloadLength();
    if (message.size() + length > route.mostBytes()) {
      callback.succeeded();
      close(
          CloseStatus.MESSAGE_TOO_LARGE,
          "a message must be at most " + route.mostBytes() + " bytes long");
      return;
    }
    message.writeBytes(BufferUtil.toArray(frame.getPayload()));
    boolean isWhole = frame.isFin();
    callback.succeeded();
    if (!isWhole) {
      from.demand();
      return;
    }
    byte[] bytes = message.toByteArray();
    message.reset();
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      close(CloseStatus.BAD_PAYLOAD, "messages must be UTF-8");
      return;
    }
    executor.execute(() -> {
      try {
        caller.lets(() -> {
          to.text(text);
          return true;
        });
        from.demand();
      } catch (RuntimeException e) {
        LOG.error("a WebSocket message of {} bytes failed", bytes.length, e);
        close(CloseStatus.SERVER_ERROR, "something went wrong here");
      }
    });
  }

  @Override
  public void onError(Throwable cause, Callback callback) {
    callback.succeeded(); // the connection is closed next
  }

  @Override
  public void onClosed(CloseStatus status, Callback callback) {
    WebSocketListener told = listener;
    if (told != null) {
      executor.execute(told::closed);
    }
    callback.succeeded();
  }

  @Override
  public Caller caller() {
    return caller;
  }

  @Override
  public void send(byte[] utf8, Runnable done) {
    CoreSession to = session;
    if (to == null) {
      done.run();
      return;
    }
    to.sendFrame(
        new Frame(OpCode.TEXT, ByteBuffer.wrap(utf8)),
        Callback.from(done, failure -> done.run()),
        false);
  }

  @Override
  public void ping() {
    CoreSession to = session;
    if (to != null && pinging.compareAndSet(false, true)) {
      to.sendFrame(new Frame(OpCode.PING), Callback.NOOP, false);
    }
  }

  @Override
  public void close(int code, String reason) {
    CoreSession to = session;
    if (to != null) {
      to.close(code, reason, Callback.NOOP);
    }
  }

  @Override
  public void drop() {
    CoreSession to = session;
    if (to != null) {
      to.abort();
    }
  }
}
