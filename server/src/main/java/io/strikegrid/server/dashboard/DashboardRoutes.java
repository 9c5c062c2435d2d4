package io.strikegrid.server.dashboard;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.strikegrid.server.platform.http.Answers;
import io.strikegrid.server.platform.http.Problem;
import io.strikegrid.server.platform.http.ProblemCode;
import io.strikegrid.server.platform.http.Role;
import io.strikegrid.server.platform.http.Routes;
import io.strikegrid.server.platform.http.StaticFile;
import io.strikegrid.server.platform.http.StaticFiles;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The page and its files. The policy sent with them lets the browser load from this server alone,
 * run no script and take no style that stands in a page, and show the page in no frame.
 */
public final class DashboardRoutes implements Routes {

  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:;"
              + " connect-src 'self'; font-src 'self'; manifest-src 'self'; base-uri 'none';"
              + " form-action 'none'; frame-ancestors 'none'",
          "Referrer-Policy",
          "no-referrer",
          "Cross-Origin-Opener-Policy",
          "same-origin");
  private static final String HTML = "text/html; charset=utf-8";
  private static final String JAVASCRIPT = "text/javascript; charset=utf-8";
  private static final Map<String, String> TYPES =
      Map.of(
          "html", HTML,
          "css", "text/css; charset=utf-8",
          "js", JAVASCRIPT,
          "svg", "image/svg+xml",
          "png", "image/png",
          "json", "application/json");

  /** No name begins with a dot, so nothing leads out of the folder. */
  private static final Pattern NAME =
      Pattern.compile("(?:[\\w-]+/){0,8}[\\w-]+(?:\\.[\\w-]+)*\\.([a-z]+)");

  private static final String FOLDER = "/dashboard/";
  private static final String CHARTS = "lib/echarts.js";
  private static final String CHARTS_FILE =
      "/META-INF/resources/_static/echarts/6.0.0/dist/echarts.esm.min.js";

  private final StaticFiles files = new StaticFiles();

  @Override
  public void addTo(RoutesConfig routes) {
    routes.get("/", this::page, Role.OPEN);
    routes.get(FOLDER + "<path>", this::file, Role.OPEN);
  }

  private void page(Context context) throws IOException {
    send(context, files.get(FOLDER + "index.html", HTML));
  }

  private void file(Context context) throws IOException {
    String path = context.pathParam("path");
    send(
        context,
        find(path)
            .orElseThrow(() ->
                new Problem(
                    ProblemCode.NOT_FOUND,
                    "the dashboard has no file " + Problem.shown(path),
                    null,
                    path,
                    "/ is the page")));
  }

  private Optional<StaticFile> find(String path) {
    if (path.equals(CHARTS)) {
      return Optional.of(files.get(CHARTS_FILE, JAVASCRIPT));
    }
    Matcher name = NAME.matcher(path);
    String type = name.matches() ? TYPES.get(name.group(1)) : null;
    return type == null ? Optional.empty() : files.find(FOLDER + path, type);
  }

  private static void send(Context context, StaticFile file) throws IOException {
    HEADERS.forEach(context::header);
    Answers.send(context, file);
  }
}
