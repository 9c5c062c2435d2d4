package io.strikegrid.server.platform.http;

import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Answers HEAD as GET, access and tags included; the connection, which knows what was asked, leaves
 * the body out.
 */
final class HeadAsGet extends Handler.Wrapper {

  /** Name of the attribute of a request that was a HEAD. */
  static final String ATTRIBUTE = "strikegrid.head";

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    if (!HttpMethod.HEAD.is(request.getMethod())) {
      return super.handle(request, response, callback);
    }
    request.setAttribute(ATTRIBUTE, true);
    Request asGet =
        new Request.Wrapper(request) {
          @Override
          public String getMethod() {
            return HttpMethod.GET.asString();
          }
        };
    return super.handle(asGet, response, callback);
  }
}
