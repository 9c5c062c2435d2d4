package io.strikegrid.server.platform.http;

import io.javalin.http.Context;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.ee10.servlet.ServletApiResponse;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.BufferUtil;

/** What the connection of a request is good for still. */
public final class Connections {

  private Connections() {}

  /**
   * Whether the client of a request without a body closed its connection, or its sending half: who
   * does so waits for no answer. For the thread that answers.
   */
  public static boolean isGone(Context context) {
    Request request = ServletContextRequest.getServletContextRequest(context.req());
    Connection connection = request.getConnectionMetaData().getConnection();
    EndPoint endPoint = connection.getEndPoint();
    if (!endPoint.isOpen() || endPoint.isInputShutdown()) {
      return true;
    }
    if (request.getLength() > 0 || !(connection instanceof Connection.UpgradeTo reading)) {
      return false;
    }
    try {
      ByteBuffer one = BufferUtil.allocate(1);
      int read = endPoint.fill(one);
      if (read > 0) {
        reading.onUpgradeTo(one); // the first byte of the next request
      }
      return read < 0;
    } catch (IOException e) {
      return true;
    }
  }

  /** Breaks a connection off, so that half an answer is never taken for a whole one. */
  static void abort(Context context) {
    abort(ServletContextRequest.getServletContextRequest(context.req()));
  }

  /** The same of the request that a response answers. */
  static void abort(ServletResponse response) {
    ServletResponse inner = response;
    while (inner instanceof ServletResponseWrapper wrapper) {
      inner = wrapper.getResponse();
    }
    if (inner instanceof ServletApiResponse api) {
      abort(api.getResponse().getRequest());
    }
  }

  private static void abort(Request request) {
    request.getConnectionMetaData().getConnection().getEndPoint().close();
  }
}
