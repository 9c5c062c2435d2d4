package io.strikegrid.server.status;

import io.javalin.http.Context;
import io.strikegrid.server.platform.http.Answers;
import io.strikegrid.server.platform.http.Parameters;
import io.strikegrid.server.platform.http.Problem;
import io.strikegrid.server.platform.http.ProblemCode;
import io.strikegrid.server.platform.http.StaticFile;
import io.strikegrid.server.platform.http.StaticFiles;
import java.io.IOException;
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
  private static final String SWAGGER = "/META-INF/resources/webjars/swagger-ui/5.34.1/";
  private static final Map<String, Part> PARTS =
      Map.of(
          "swagger-ui.css", new Part(SWAGGER + "swagger-ui.css", "text/css; charset=utf-8"),
          "swagger-ui-bundle.js",
              new Part(SWAGGER + "swagger-ui-bundle.js", "text/javascript; charset=utf-8"),
          "favicon-32x32.png", new Part(SWAGGER + "favicon-32x32.png", "image/png"),
          "start.js", new Part("/docs/start.js", "text/javascript; charset=utf-8"),
          "docs.css", new Part("/docs/docs.css", "text/css; charset=utf-8"),
          "stream.md", new Part("/contract/stream.md", "text/markdown; charset=utf-8"));

  private record Part(String path, String mediaType) {}

  private final StaticFiles files = new StaticFiles();
  private final StaticFile page =
      StaticFile.of(
          "text/html; charset=utf-8",
          new String(StaticFiles.content("/docs/index.html"), StandardCharsets.UTF_8)
              .replace("<!-- problems -->", problems())
              .getBytes(StandardCharsets.UTF_8));

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
    Answers.send(context, files.get("/contract/openapi.yaml", "application/yaml"));
  }

  void page(Context context) throws IOException {
    Parameters.of(context);
    context.header("Content-Security-Policy", POLICY);
    Answers.send(context, page);
  }

  /** A part of the page. */
  void part(Context context) throws IOException {
    String name = context.pathParam("part");
    Part part = PARTS.get(name);
    if (part == null) {
      throw new Problem(
          ProblemCode.NOT_FOUND,
          "the page has no part " + Problem.shown(name),
          null,
          name,
          "/docs is the page");
    }
    Answers.send(context, files.get(part.path, part.mediaType));
  }
}
