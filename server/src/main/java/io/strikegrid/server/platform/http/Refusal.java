package io.strikegrid.server.platform.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Sends a problem document where no route was reached. */
final class Refusal {

  private Refusal() {}

  /** Answers a request with a problem. */
  static void send(Problem problem, Response response, Callback callback) {
    String id = RequestId.next();
    response.reset();
    response.setStatus(problem.code().status());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
    response.getHeaders().put(RequestId.HEADER, id);
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    problem.headers().forEach((name, value) -> response.getHeaders().put(name, value));
    response.write(true, ByteBuffer.wrap(problem.body(id)), callback);
  }
}
