package io.strikegrid.server.platform.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.BufferUtil;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a client, with what it is waited for: the headers of a request, then that it
 * takes the answer. Jetty's threads write what it is at, one at a time; the watch of all
 * connections reads it, and notes that a request has begun to come.
 */
final class ClientConnection extends HttpConnection {

  /** Name of the attribute of a request that holds its connection. */
  static final String ATTRIBUTE = "strikegrid.connection";

  private final ClientConnections all;
  private final LongSupplier nanos;
  private final String address;
  private final Pace answers;
  private final AtomicReference<State> state = new AtomicReference<>(State.OPENED);
  private volatile long since;
  private volatile long bytesAtAnswer;

  private enum State {
    /** Nothing was asked yet. */
    OPENED,
    /** A request is being answered. */
    REQUEST,
    /** An answer without an end goes out, whose client its route looks after. */
    STREAM,
    /** It was answered, and nothing came since. */
    ANSWERED,
    /** It was answered, and something came since. */
    HEADERS
  }

  ClientConnection(
      HttpConfiguration configuration,
      Connector connector,
      EndPoint endPoint,
      ClientConnections all,
      HttpBounds bounds,
      LongSupplier nanos) {
    super(configuration, connector, endPoint);
    this.all = all;
    this.nanos = nanos;
    this.address = Caller.address(endPoint.getRemoteSocketAddress());
    this.answers = new Pace(bounds.leastRate(), bounds.grace());
    this.since = nanos.getAsLong();
  }

  String address() {
    return address;
  }

  @Override
  protected RequestHandler newRequestHandler() {
    return new Watching();
  }

  private final class Watching extends RequestHandler {
    @Override
    public boolean headerComplete() {
      enter(State.REQUEST);
      return super.headerComplete();
    }

    @Override
    public void badMessage(HttpException failure) {
      answered();
      super.badMessage(failure);
    }
  }

  private void enter(State next) {
    since = nanos.getAsLong();
    state.set(next);
  }

  @Override
  public void onOpen() {
    if (all.takes(this)) {
      super.onOpen();
    }
  }

  @Override
  public void onClose(@Nullable Throwable cause) {
    all.closed(this);
    super.onClose(cause);
  }

  /** The request was answered. */
  void answered() {
    bytesAtAnswer = getBytesIn();
    enter(State.ANSWERED);
  }

  /** The request is answered without an end. */
  void streams() {
    enter(State.STREAM);
  }

  /** The client is to take so many bytes. */
  void sending(long bytes) {
    answers.begin(nanos.getAsLong(), bytes);
  }

  /** It took them. */
  void sent() {
    answers.end(nanos.getAsLong());
  }

  /** Whether it is at no request, so that it may be let go. */
  boolean isWaiting() {
    return switch (Objects.requireNonNull(state.get())) {
      case REQUEST, STREAM -> false;
      case OPENED, ANSWERED, HEADERS -> true;
    };
  }

  /** When it began to do what it does. */
  long since() {
    return since;
  }

  /**
   * What the client is too slow with; null where it is not. Called by the watch alone.
   *
   * @param headersWithin nanoseconds that the headers of a request may take
   */
  @Nullable String tooSlow(long now, long headersWithin) {
    if (getBytesIn() != bytesAtAnswer && state.compareAndSet(State.ANSWERED, State.HEADERS)) {
      since = now;
    }
    return switch (Objects.requireNonNull(state.get())) {
      case OPENED, HEADERS -> now - since > headersWithin ? "headers" : null;
      case REQUEST -> answers.isTooSlow(now) ? "answer" : null;
      case STREAM, ANSWERED -> null; // for its route, and for Jetty's idle time-out
    };
  }

  /**
   * Whether the client has closed its sending half behind the request that is answered. Looks one
   * byte ahead, and only where nothing else is there yet: a byte that Jetty has no room for would
   * be lost, and one of a body would move what is read of it. For the thread that answers.
   */
  boolean hasEnded() {
    if (!getParser().isState(HttpParser.State.END) || !isRequestBufferEmpty()) {
      return false;
    }
    try {
      ByteBuffer one = BufferUtil.allocate(1);
      int read = getEndPoint().fill(one);
      if (read > 0) {
        onUpgradeTo(one); // the first byte of the next request
      }
      return read < 0;
    } catch (IOException e) {
      return true;
    }
  }

  /** Drops the connection. */
  void cut(String reason) {
    getEndPoint().close(new TimeoutException(reason));
  }
}
