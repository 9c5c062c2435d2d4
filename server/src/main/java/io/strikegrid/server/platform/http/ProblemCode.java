package io.strikegrid.server.platform.http;

import java.util.Arrays;
import java.util.Locale;

/** Kinds of problem. Each decides the status of its answer. */
public enum ProblemCode {
  /** A parameter that the resource does not take. */
  UNKNOWN_PARAMETER(400, "Unknown parameter"),
  /** A parameter that must be given and was not. */
  MISSING_PARAMETER(400, "Parameter missing"),
  /** A parameter, or one value of it, that came more often than it may. */
  REPEATED_PARAMETER(400, "Parameter repeated"),
  /** A value that means nothing here. */
  BAD_VALUE(400, "Value not understood"),
  /** A value outside its bounds. */
  OUT_OF_RANGE(400, "Value out of range"),
  /** Values that mean something each, and nothing together. */
  NOT_TOGETHER(400, "Values that do not go together"),
  /** A label beyond the expiries there are. */
  UNKNOWN_LABEL(400, "Unknown expiry label"),
  /** A range with more in it than one answer may hold. */
  RANGE_TOO_LONG(400, "Range too long"),
  /** An answer that takes more memory than this server has for one. */
  TOO_MUCH(400, "Too much for this server"),
  /** No token, or one that nobody knows. */
  UNAUTHORIZED(401, "Token needed"),
  /** A token that lets its owner do something else, or a page of another site without one. */
  FORBIDDEN(403, "Not allowed"),
  /** A symbol that nobody knows. */
  UNKNOWN_SYMBOL(404, "Unknown symbol"),
  /** An expiry that is not listed. */
  UNKNOWN_EXPIRY(404, "Unknown expiry"),
  /** A strike that the chain does not have. */
  UNKNOWN_STRIKE(404, "Unknown strike"),
  /** Nothing is stored for what was asked. */
  NO_DATA(404, "No data"),
  /** No such resource. */
  NOT_FOUND(404, "Not found"),
  /** The resource does not take the method. */
  METHOD_NOT_ALLOWED(405, "Method not allowed"),
  /** None of the accepted media types can be given. */
  NOT_ACCEPTABLE(406, "Not acceptable"),
  /** A body that comes slower than one may. */
  TOO_SLOW(408, "Too slow"),
  /** A body that is longer than one request may be. */
  TOO_LARGE(413, "Too large"),
  /** A URL that is longer than one may be. */
  URL_TOO_LONG(414, "URL too long"),
  /** A body of another media type. */
  UNSUPPORTED_MEDIA_TYPE(415, "Unsupported media type"),
  /** A host that this server does not answer for. */
  MISDIRECTED(421, "Host not known here"),
  /** A WebSocket is here, and the request asks for none. */
  UPGRADE_REQUIRED(426, "WebSocket needed"),
  /** More than one client may have, or ask for in a time. */
  TOO_MANY_REQUESTS(429, "Too many requests"),
  /** A fault of ours. */
  INTERNAL(500, "Internal error"),
  /** The server cannot serve now. */
  NOT_READY(503, "Not ready");

  private final int status;
  private final String title;

  ProblemCode(int status, String title) {
    this.status = status;
    this.title = title;
  }

  /** The first kind that has a status. */
  static ProblemCode ofStatus(int status) {
    return Arrays.stream(values())
        .filter(code -> code.status == status)
        .findFirst()
        .orElse(INTERNAL);
  }

  /** The HTTP status of the answer. */
  public int status() {
    return status;
  }

  /** The kind of problem in words. */
  public String title() {
    return title;
  }

  /** The code as it stands in the answer: the name in lower case. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
