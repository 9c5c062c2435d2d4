package io.strikegrid.server.platform.http;

import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import io.strikegrid.server.platform.watch.LostConnection;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.EofException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a problem document of whatever was thrown. What it says comes from {@link Problem} alone:
 * the text of any other exception goes to the log and never out.
 */
final class Failures {

  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  private final List<Class<? extends Exception>> outages;
  private final RefusalSummary refusals;

  Failures(List<Class<? extends Exception>> outages, RefusalSummary refusals) {
    this.outages = List.copyOf(outages);
    this.refusals = refusals;
  }

  void answer(Exception thrown, Context context) {
    if (thrown instanceof ClientGoneException || thrown instanceof EofException) {
      LOG.debug("request {} ends: {}", RequestId.of(context), thrown.getMessage());
      Connections.abort(context);
      return;
    }
    Problem problem = problem(thrown, context);
    boolean isForeseen =
        problem.code() == ProblemCode.NOT_READY
            && (thrown instanceof Problem
                || thrown instanceof Outage
                || LostConnection.isCauseOf(thrown));
    if (isForeseen) {
      LOG.debug("request {} is told to come again: {}", RequestId.of(context), problem.detail());
    } else if (problem.code().status() >= 500) {
      LOG.error(
          "request {} {} {} failed: {}",
          RequestId.of(context),
          context.req().getMethod(),
          Problem.shown(context.path()),
          problem.detail(),
          thrown instanceof Problem ? null : thrown);
    }
    if (problem.code().status() < 500) {
      refusals.count(problem.code(), RequestTimes.route(context));
    }
    send(problem, context);
  }

  /** Answers where the machine itself gave up, such as for want of stack or memory. */
  static void answer(HttpServletResponse response, Error thrown) {
    String id =
        Objects.requireNonNullElseGet(response.getHeader(RequestId.HEADER), RequestId::next);
    LOG.error("request {} failed", id, thrown);
    if (response.isCommitted()) {
      Connections.abort(response);
      return;
    }
    response.reset();
    response.setHeader(RequestId.HEADER, id);
    response.setStatus(ProblemCode.INTERNAL.status());
    response.setContentType(Problem.MEDIA_TYPE);
    try {
      response.getOutputStream().write(internal().body(id));
    } catch (IOException e) {
      LOG.warn("request {} could not be told that it failed: {}", id, e.getMessage());
    }
  }

  private static Problem internal() {
    return new Problem(
        ProblemCode.INTERNAL, "something went wrong here; the log has it under this request id");
  }

  private void send(Problem problem, Context context) {
    if (context.res().isCommitted()) {
      Connections.abort(context); // half an answer is out
      return;
    }
    context.res().resetBuffer();
    for (String name : List.of("ETag", "Cache-Control", "Content-Encoding", "Vary")) {
      context.removeHeader(name);
    }
    problem.headers().forEach(context::header);
    context
        .status(problem.code().status())
        .contentType(Problem.MEDIA_TYPE)
        .result(problem.body(RequestId.of(context)));
  }

  private Problem problem(Exception thrown, Context context) {
    return switch (thrown) {
      case Problem problem -> problem;
      case Outage outage -> new Problem(ProblemCode.NOT_READY, outage.told());
      case MethodNotAllowedResponse other -> notAllowed(other, context);
      case HttpResponseException response -> ofStatus(response.getStatus(), context);
      case HttpException malformed -> ofStatus(malformed.getCode(), context);
      case IOException cut when cut.getCause() instanceof HttpException malformed ->
          ofStatus(malformed.getCode(), context);
      default ->
          outages.stream().anyMatch(kind -> kind.isInstance(thrown))
              ? new Problem(ProblemCode.NOT_READY, "the store did not answer; try again")
              : internal();
    };
  }

  private static Problem notAllowed(MethodNotAllowedResponse other, Context context) {
    List<String> methods =
        other.getDetails().values().stream()
            .flatMap(names -> Arrays.stream(names.split(", ", -1)))
            .flatMap(name -> name.equals("GET") ? Stream.of(name, "HEAD") : Stream.of(name))
            .distinct()
            .toList();
    return Problem.notAllowed(context.path(), context.req().getMethod(), methods);
  }

  private static Problem ofStatus(int status, Context context) {
    String path = Problem.shown(context.path());
    return switch (status) {
      case 404 ->
          new Problem(
              ProblemCode.NOT_FOUND, "there is nothing at " + path, null, path, "/docs lists all");
      case 413 -> new Problem(ProblemCode.TOO_LARGE, "the body is longer than it may be");
      default ->
          status < 500
              ? new Problem(ProblemCode.BAD_VALUE, "the request is not well formed")
              : new Problem(ProblemCode.NOT_READY, "the server cannot answer now; try again");
    };
  }
}
