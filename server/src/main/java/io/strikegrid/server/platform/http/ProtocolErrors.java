package io.strikegrid.server.platform.http;

import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Answers what never becomes a request of ours, such as a path that is not well formed. */
final class ProtocolErrors extends ErrorHandler {

  /** Each method: also one that no path takes is told why. */
  @Override
  public boolean errorPageForMethod(String method) {
    return true;
  }

  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int status,
      @Nullable String message,
      @Nullable Throwable cause,
      Callback callback) {
    Refusal.send(problem(status), response, callback);
  }

  private static Problem problem(int status) {
    return switch (status) {
      case 404 -> new Problem(ProblemCode.NOT_FOUND, "there is nothing here");
      case 413 -> new Problem(ProblemCode.TOO_LARGE, "the request is too large");
      case 414, 431 ->
          new Problem(ProblemCode.URL_TOO_LONG, "the URL and headers are longer than they may be");
      case 417 -> new Problem(ProblemCode.BAD_VALUE, "Expect may be 100-continue and nothing else");
      case 426, 505 -> new Problem(ProblemCode.BAD_VALUE, "the version of HTTP must be 1.0 or 1.1");
      case 503 -> new Problem(ProblemCode.NOT_READY, "the server is stopping");
      default ->
          status < 500
              ? new Problem(ProblemCode.BAD_VALUE, "the request is not well formed")
              : new Problem(ProblemCode.INTERNAL, "something went wrong here");
    };
  }
}
