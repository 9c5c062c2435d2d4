package io.strikegrid.server.status;

import io.javalin.http.Context;
import io.strikegrid.server.platform.http.Answers;
import io.strikegrid.server.platform.http.Parameters;
import io.strikegrid.server.platform.http.Problem;
import io.strikegrid.server.platform.http.ProblemCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The contract as a file and as a page to read and try. The page is Swagger UI from its own jar:
 * nothing comes from another host, no script stands in the page, and the answer's policy makes the
 * browser see to both.
 */
final class Contract {

  private static final String POLICY =
      "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
          + " object-src 'none'; base-uri 'none'; frame-ancestors 'none'";
  private static final String SWAGGER = "/META-INF/resources/webjars/swagger-ui/5.17.14/";
  private static final Map<String, String> PARTS =
      Map.of(
          "swagger-ui.css", "text/css; charset=utf-8",
          "swagger-ui-bundle.js", "text/javascript; charset=utf-8",
          "favicon-32x32.png", "image/png");

  private final byte[] openapi = resource("/contract/openapi.yaml");
  private final byte[] page =
      new String(resource("/docs/index.html"), StandardCharsets.UTF_8)
          .replace("<!-- problems -->", problems())
          .getBytes(StandardCharsets.UTF_8);
  private final byte[] stream = resource("/contract/stream.md");
  private final byte[] start = resource("/docs/start.js");
  private final byte[] look = resource("/docs/docs.css");

  private static byte[] resource(String path) {
    try (InputStream in = Contract.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("the program must contain " + path + "; it does not");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What stands behind the type of a problem document. */
  private static String problems() {
    StringBuilder rows = new StringBuilder();
    for (ProblemCode code : ProblemCode.values()) {
      rows.append("<tr id=\"")
          .append(code.text())
          .append("\"><td><code>")
          .append(code.text())
          .append("</code></td><td>")
          .append(code.status())
          .append("</td><td>")
          .append(code.title())
          .append("</td></tr>\n");
    }
    return rows.toString();
  }

  void file(Context context) throws IOException {
    Parameters.of(context);
    Answers.send(context, "application/yaml", openapi);
  }

  void page(Context context) throws IOException {
    Parameters.of(context);
    context.header("Content-Security-Policy", POLICY);
    Answers.send(context, "text/html; charset=utf-8", page);
  }

  /** A part of the page. */
  void part(Context context) throws IOException {
    String name = context.pathParam("part");
    if (name.equals("start.js")) {
      Answers.send(context, "text/javascript; charset=utf-8", start);
    } else if (name.equals("stream.md")) {
      Answers.send(context, "text/markdown; charset=utf-8", stream);
    } else if (name.equals("docs.css")) {
      Answers.send(context, "text/css; charset=utf-8", look);
    } else if (PARTS.containsKey(name)) {
      Answers.send(context, PARTS.get(name), resource(SWAGGER + name));
    } else {
      throw new Problem(
          ProblemCode.NOT_FOUND,
          "the page has no part " + Problem.shown(name),
          null,
          name,
          "/docs is the page");
    }
  }
}
