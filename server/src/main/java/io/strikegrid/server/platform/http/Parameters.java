package io.strikegrid.server.platform.http;

import io.javalin.http.Context;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The query parameters of one request, held against those that the resource takes: any other one,
 * and one that came too often, is a problem before anything is read. Immutable.
 */
public final class Parameters {

  private final Map<String, List<String>> values;

  private Parameters(Map<String, List<String>> values) {
    this.values = values;
  }

  /**
   * The parameters of a request.
   *
   * @param taken every parameter that the resource takes
   * @throws Problem where another one was sent, or one of them too often, or the query is garbled
   */
  public static Parameters of(Context context, Parameter<?>... taken) {
    String query = context.queryString();
    return of(query == null ? Map.of() : split(query), taken);
  }

  /**
   * Parameters that came by another way than a query.
   *
   * @param values by name, in the order sent, at least one of each
   * @param taken every parameter that may be among them
   * @throws Problem where there is another one, or one of them too often
   */
  public static Parameters of(Map<String, List<String>> values, Parameter<?>... taken) {
    Map<String, Parameter<?>> known = new LinkedHashMap<>();
    Arrays.stream(taken).forEach(parameter -> known.put(parameter.name(), parameter));
    values.forEach((name, sent) -> check(known, name, sent));
    return new Parameters(values);
  }

  private static void check(Map<String, Parameter<?>> known, String name, List<String> sent) {
    Parameter<?> parameter = known.get(name);
    if (parameter == null) {
      String allowed = known.isEmpty() ? "no parameter" : String.join(", ", known.keySet());
      String detail = "there is no parameter " + Problem.shown(name) + " here";
      throw new Problem(
          ProblemCode.UNKNOWN_PARAMETER, detail, Problem.shown(name), sent.getFirst(), allowed);
    }
    String times = parameter.most() == 1 ? "once" : "at most " + parameter.most() + " times";
    if (sent.size() > parameter.most()) {
      String detail = name + " may be given " + times + "; have " + sent.size();
      throw new Problem(ProblemCode.REPEATED_PARAMETER, detail, name, sent.getLast(), times);
    }
    Set<String> different = new HashSet<>();
    for (String value : sent) {
      if (!different.add(value)) {
        throw repeated(name, value);
      }
    }
  }

  private static Problem repeated(String name, String value) {
    return new Problem(
        ProblemCode.REPEATED_PARAMETER,
        name + " " + Problem.shown(value) + " was given twice",
        name,
        value,
        "different values of " + name);
  }

  private static Map<String, List<String>> split(String query) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (String pair : query.split("&", -1)) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = decode(equals < 0 ? pair : pair.substring(0, equals));
        String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
        values.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
      }
    }
    return values;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new Problem(
          ProblemCode.BAD_VALUE,
          "the query is not percent-encoded at " + Problem.shown(text),
          null,
          text,
          "a query in percent-encoded UTF-8");
    }
  }

  /** The value, if the parameter was sent. */
  public <T> Optional<T> find(Parameter<T> parameter) {
    List<String> sent = values.get(parameter.name());
    return sent == null ? Optional.empty() : Optional.of(parameter.value(sent.getFirst()));
  }

  /** The value, or another one where the parameter was not sent. */
  public <T> T get(Parameter<T> parameter, T otherwise) {
    return find(parameter).orElse(otherwise);
  }

  /**
   * The value of a parameter that must be sent.
   *
   * @throws Problem where it was not
   */
  public <T> T require(Parameter<T> parameter) {
    return find(parameter)
        .orElseThrow(() ->
            new Problem(
                ProblemCode.MISSING_PARAMETER,
                parameter.name() + " is needed",
                parameter.name(),
                null,
                parameter.allowed()));
  }

  /**
   * Every value of a parameter, in the order sent; empty where it was not.
   *
   * @throws Problem where one of them is none, or is the same as another, however each is written
   */
  public <T> List<T> all(Parameter<T> parameter) {
    Set<T> all = new LinkedHashSet<>();
    for (String text : values.getOrDefault(parameter.name(), List.of())) {
      if (!all.add(parameter.value(text))) {
        throw repeated(parameter.name(), text);
      }
    }
    return List.copyOf(all);
  }

  /** The first text of a parameter as it was sent, for problems; null where it was not. */
  public @org.jspecify.annotations.Nullable String sent(Parameter<?> parameter) {
    List<String> sent = values.get(parameter.name());
    return sent == null ? null : sent.getFirst();
  }
}
