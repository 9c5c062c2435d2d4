package io.strikegrid.server.platform.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that cannot be answered, in words for whoever asked. Thrown anywhere below a resource,
 * it becomes an RFC 9457 problem document; nothing else that is thrown is ever shown.
 */
public final class Problem extends RuntimeException {

  /** Media type of a problem document. */
  public static final String MEDIA_TYPE = "application/problem+json";

  private static final int LONGEST_SHOWN = 100;
  private static final long serialVersionUID = 1;

  private final ProblemCode code;
  private final @Nullable String parameter;
  private final @Nullable String value;
  private final @Nullable String allowed;
  private final Map<String, String> headers;

  /**
   * A problem with a parameter.
   *
   * @param detail what was wrong with this request
   * @param parameter the parameter at fault, if one is
   * @param value its value as it was sent
   * @param allowed what would have been taken
   */
  public Problem(
      ProblemCode code,
      String detail,
      @Nullable String parameter,
      @Nullable String value,
      @Nullable String allowed) {
    this(code, detail, parameter, value, allowed, usualHeaders(code));
  }

  private Problem(
      ProblemCode code,
      String detail,
      @Nullable String parameter,
      @Nullable String value,
      @Nullable String allowed,
      Map<String, String> headers) {
    super(detail, null, false, false);
    this.code = code;
    this.parameter = parameter;
    this.value = value == null ? null : shown(value);
    this.allowed = allowed;
    this.headers = Map.copyOf(headers);
  }

  /** A problem that is with no parameter. */
  public Problem(ProblemCode code, String detail) {
    this(code, detail, null, null, null);
  }

  /** A value that is not one of those allowed, or outside their bounds. */
  static Problem badValue(ProblemCode code, String parameter, String value, String allowed) {
    String detail = parameter + " must be " + allowed + "; have " + shown(value);
    return new Problem(code, detail, parameter, value, allowed);
  }

  /** A method that a path does not take, with those that it does. */
  static Problem notAllowed(String path, String method, List<String> allowed) {
    String methods = String.join(", ", allowed);
    String shown = shown(method);
    return new Problem(
            ProblemCode.METHOD_NOT_ALLOWED,
            shown(path) + " does not take " + shown,
            "method",
            shown,
            methods)
        .withHeader("Allow", methods);
  }

  /** The same with another value of a header. */
  Problem withHeader(String name, String content) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(name, content);
    return new Problem(code, detail(), parameter, value, allowed, more);
  }

  private static Map<String, String> usualHeaders(ProblemCode code) {
    return switch (code) {
      case UNAUTHORIZED -> Map.of("WWW-Authenticate", "Bearer");
      case UPGRADE_REQUIRED -> Map.of("Upgrade", "websocket");
      case NOT_READY, TOO_MANY_REQUESTS -> Map.of("Retry-After", "1");
      default -> Map.of();
    };
  }

  /** What the answer carries beside the document, names and values. */
  Map<String, String> headers() {
    return headers;
  }

  /** A value as it may be shown: at most 100 characters, none of them a control character. */
  public static String shown(String value) {
    StringBuilder shown = new StringBuilder();
    value
        .codePoints()
        .limit(LONGEST_SHOWN)
        .map(c -> isPrintable(c) ? c : '?')
        .takeWhile(c -> shown.length() + Character.charCount(c) <= LONGEST_SHOWN)
        .forEach(shown::appendCodePoint);
    return shown.toString();
  }

  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  /** The kind of problem. */
  public ProblemCode code() {
    return code;
  }

  /** What was wrong with this request. */
  public String detail() {
    return String.valueOf(getMessage());
  }

  /** The parameter at fault, if one is. */
  public @Nullable String parameter() {
    return parameter;
  }

  /** Writes what was wrong and what is allowed into an object. */
  public void write(JsonWriter out) throws IOException {
    out.text("detail", detail());
    out.text("code", code.text());
    out.text("parameter", parameter);
    out.text("value", value);
    out.text("allowed", allowed);
  }

  /** The problem document, JSON in UTF-8. */
  byte[] body(String requestId) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (JsonWriter out = new JsonWriter(bytes)) {
      out.startObject();
      out.text("type", "/docs#" + code.text());
      out.text("title", code.title());
      out.whole("status", code.status());
      write(out);
      out.text("request_id", requestId);
      out.endObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
