package io.strikegrid.server.platform.http;

import io.javalin.http.Context;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import org.eclipse.jetty.ee10.servlet.ServletApiResponse;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;

/** What the connection of a request is good for still. */
public final class Connections {

  private Connections() {}

  /**
   * Whether the client of a request closed its connection, or its sending half: who does so waits
   * for no answer. One that has sent more than this request is not known to have left before that
   * was read; nor is one whose body is not read to its end. For the thread that answers.
   */
  public static boolean isGone(Context context) {
    Request request = ServletContextRequest.getServletContextRequest(context.req());
    Connection connection = request.getConnectionMetaData().getConnection();
    EndPoint endPoint = connection.getEndPoint();
    return !endPoint.isOpen()
        || endPoint.isInputShutdown()
        || (connection instanceof ClientConnection client && client.hasEnded());
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
