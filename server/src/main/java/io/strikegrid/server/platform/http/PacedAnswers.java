package io.strikegrid.server.platform.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Tells each connection what its client is to take, and when it took it. */
final class PacedAnswers extends Handler.Wrapper {

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    if (!(request.getConnectionMetaData().getConnection() instanceof ClientConnection connection)) {
      return super.handle(request, response, callback);
    }
    request.setAttribute(ClientConnection.ATTRIBUTE, connection);
    return super.handle(
        request,
        new PacedResponse(request, response, connection),
        before(connection::answered, callback));
  }

  /** A callback before which something is done, however it ends. */
  private static Callback before(Runnable first, Callback callback) {
    return new Callback() {
      @Override
      public void succeeded() {
        first.run();
        callback.succeeded();
      }

      @Override
      public void failed(Throwable cause) {
        first.run();
        callback.failed(cause);
      }

      @Override
      public InvocationType getInvocationType() {
        return callback.getInvocationType();
      }
    };
  }

  private static final class PacedResponse extends Response.Wrapper {

    private final ClientConnection connection;

    PacedResponse(Request request, Response response, ClientConnection connection) {
      super(request, response);
      this.connection = connection;
    }

    @Override
    public void write(boolean last, @Nullable ByteBuffer content, Callback callback) {
      connection.sending(content == null ? 0 : content.remaining());
      super.write(last, content, before(connection::sent, callback));
    }
  }
}
