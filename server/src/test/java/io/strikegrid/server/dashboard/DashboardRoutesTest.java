package io.strikegrid.server.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.strikegrid.server.ApiClient;
import io.strikegrid.server.SampleServer;
import io.strikegrid.server.platform.http.Role;
import io.strikegrid.server.platform.http.Tokens;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DashboardRoutesTest {

  private static final Path SOURCES = Path.of("..", "dashboard", "src");
  private static final String CHARTS = "/dashboard/lib/echarts.js";

  private final ApiClient api = SampleServer.shared().client();

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  /** What comes back, byte by byte. */
  private HttpResponse<byte[]> bytes(String path, String... headers)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + api.port() + path);
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    if (headers.length > 0) {
      request.headers(headers);
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }
  }

  /** The first line that comes back for a path as it stands, which no client would send. */
  private String statusLine(String path) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
      String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      try (InputStream in = socket.getInputStream()) {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().findFirst().orElse("");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/?view=chain&symbol=NIFTY50", "/dashboard/index.html", CHARTS})
  void page_andItsFiles_areSentWithAStrictPolicy(String path) {
    HttpResponse<String> response = api.get(path);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(header(response, "Content-Security-Policy"))
        .isEqualTo(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:;"
                + " connect-src 'self'; font-src 'self'; manifest-src 'self'; base-uri 'none';"
                + " form-action 'none'; frame-ancestors 'none'");
    assertThat(header(response, "X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(header(response, "Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(header(response, "Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
    assertThat(header(response, "Cache-Control")).isEqualTo("no-cache");
  }

  @Test
  void page_asServed_isTheOneInTheRepository() throws IOException {
    HttpResponse<String> page = api.get("/");
    assertThat(page.body()).isEqualTo(Files.readString(SOURCES.resolve("index.html")));
    assertThat(header(page, "Content-Type")).isEqualTo("text/html;charset=utf-8");
  }

  @Test
  void files_ofTheRepository_areAllServedAsTheyAre() throws IOException, InterruptedException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = SOURCES.relativize(file).toString().replace('\\', '/');
        HttpResponse<byte[]> response = bytes("/dashboard/" + name);
        assertThat(response.statusCode()).as(name).isEqualTo(200);
        assertThat(response.body()).as(name).isEqualTo(Files.readAllBytes(file));
      }
    }
  }

  @Test
  void charts_fromTheirJar_areOneModuleThatImportsNothing() {
    HttpResponse<String> charts = api.get(CHARTS);
    assertThat(header(charts, "Content-Type")).isEqualTo("text/javascript; charset=utf-8");
    assertThat(charts.body()).contains("export{").doesNotContainPattern("(^|[;}])import\\b");
  }

  @Test
  void file_packed_isTheSameWithATagOfItsOwn() throws IOException, InterruptedException {
    HttpResponse<byte[]> plain = bytes(CHARTS);
    HttpResponse<byte[]> packed = bytes(CHARTS, "Accept-Encoding", "gzip, br");
    assertThat(header(packed, "Content-Encoding")).isEqualTo("gzip");
    assertThat(header(packed, "Vary")).isEqualTo("Accept, Accept-Encoding");
    assertThat(header(packed, "ETag")).isNotEqualTo(header(plain, "ETag"));
    assertThat(packed.body().length).isLessThan(plain.body().length / 2);
    assertThat(header(packed, "Content-Length")).isEqualTo("" + packed.body().length);
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
      assertThat(in.readAllBytes()).isEqualTo(plain.body());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", CHARTS})
  void file_thatIsKnownAlready_isNotSentAgain(String path) {
    HttpResponse<String> first = api.get(path, "Accept-Encoding", "gzip");
    HttpResponse<String> again =
        api.get(path, "Accept-Encoding", "gzip", "If-None-Match", header(first, "ETag"));
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(header(again, "ETag")).isEqualTo(header(first, "ETag"));
  }

  @Test
  void head_ofAFile_hasItsHeadersAndNoBody() {
    HttpResponse<String> get = api.get(CHARTS);
    HttpResponse<String> head = api.send("HEAD", CHARTS);
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(header(head, "ETag")).isEqualTo(header(get, "ETag"));
    assertThat(header(head, "Content-Length"))
        .isEqualTo(header(get, "Content-Length"))
        .isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/dashboard/js/nothing.js",
        "/dashboard/lib/zrender.js",
        "/dashboard/lib",
        "/dashboard/index.txt",
        "/dashboard/.hidden.js",
        "/dashboard/js//index.html",
        "/dashboard/DashboardRoutes.class"
      })
  void file_thatIsNotThere_isNotFound(String path) {
    assertThat(api.problem(path).at("/code").asText()).isEqualTo("not_found");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/dashboard/../contract/openapi.yaml",
        "/dashboard/../docs/index.html",
        "/dashboard/js/../../docs/index.html",
        "/dashboard/./index.html/../../docs/index.html",
        "/dashboard/%2e%2e/docs/index.html",
        "/dashboard/..%2fdocs/index.html",
        "/dashboard/%2e%2e%2fdocs%2findex.html",
        "/dashboard/..%5cdocs%5cindex.html",
        "/dashboard/%252e%252e/docs/index.html",
        "/dashboard/..;/docs/index.html",
        "/dashboard//docs/index.html",
        "/dashboard/index.html%00.js",
        "/dashboard/%c0%ae%c0%ae/docs/index.html"
      })
  void path_thatLeadsElsewhere_isRefused(String path) throws IOException {
    assertThat(statusLine(path)).matches("HTTP/1.1 40[04] .*");
  }

  @Test
  void page_thatIsSentTo_takesNoSuchMethod() {
    for (String path : List.of("/", CHARTS)) {
      HttpResponse<String> answer = api.send("POST", path);
      assertThat(ApiClient.problem(answer).at("/code").asText()).isEqualTo("method_not_allowed");
    }
  }

  @Test
  void page_inAnotherForm_isRefused() {
    assertThat(ApiClient.problem(api.get("/", "Accept", "application/json")).at("/code").asText())
        .isEqualTo("not_acceptable");
  }

  @Test
  void page_whereTokensAreNeeded_isOpenAndItsDataIsNot(@TempDir Path folder) throws IOException {
    Path file =
        Files.write(folder.resolve("tokens"), List.of(Tokens.line(Role.READ, "desk", "sesame")));
    try (SampleServer server = SampleServer.start(Tokens.read(file))) {
      ApiClient guarded = server.client();
      assertThat(guarded.get("/").statusCode()).isEqualTo(200);
      assertThat(guarded.get(CHARTS).statusCode()).isEqualTo(200);
      assertThat(guarded.get("/fo/indicators").statusCode()).isEqualTo(401);
    }
  }
}
