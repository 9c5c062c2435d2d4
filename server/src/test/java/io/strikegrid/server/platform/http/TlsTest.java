package io.strikegrid.server.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TlsTest {

  @TempDir private static Path made;
  @TempDir private Path folder;

  @BeforeAll
  static void makeCertificates() throws Exception {
    make("first", "EC");
    make("second", "RSA");
  }

  /** Writes a certificate and its key as PEM files of that name. */
  private static void make(String name, String algorithm) throws Exception {
    Path store = made.resolve(name + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                algorithm,
                "-dname",
                "CN=" + name,
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-storepass",
                "changeit",
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(keytool.waitFor()).as(said).isZero();
    KeyStore keys = KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
    write(name + ".crt", "CERTIFICATE", keys.getCertificate("server").getEncoded());
    write(
        name + ".key", "PRIVATE KEY", keys.getKey("server", "changeit".toCharArray()).getEncoded());
  }

  private static void write(String file, String kind, byte[] content) throws IOException {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    Files.writeString(
        made.resolve(file),
        "-----BEGIN " + kind + "-----\n" + base64 + "\n-----END " + kind + "-----\n");
  }

  /** What the server shows, and what it answers. */
  private record Seen(String subject, String answer) {}

  private static Seen ask(int port) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new TrustsAll()}, new SecureRandom());
    try (SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
      socket.setSoTimeout(60_000);
      socket
          .getOutputStream()
          .write(
              "GET /read HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      return new Seen(shown.getSubjectX500Principal().getName(), answer);
    }
  }

  private static final class TrustsAll implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {
      // nobody is asked for one
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {
      // the test looks at it itself
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  private static HttpServer server(TlsFiles tls) {
    return HttpServer.create(
        new HttpConfig("127.0.0.1", 0, Optional.empty(), false).withTls(Optional.of(tls)),
        List.of(routes -> routes.get("/read", context -> context.result("data"))),
        new SimpleMeterRegistry(),
        "test",
        List.of());
  }

  @Test
  void server_withACertificate_answersOverTlsAndShowsTheNewestOne() throws Exception {
    Path certificate = Files.copy(made.resolve("first.crt"), folder.resolve("crt"));
    Path key = Files.copy(made.resolve("first.key"), folder.resolve("key"));
    TlsFiles tls = TlsFiles.read(certificate, key);
    HttpServer server = server(tls);
    server.start();
    try {
      Seen first = ask(server.port());
      assertThat(first.subject()).isEqualTo("CN=first");
      assertThat(first.answer()).startsWith("HTTP/1.1 200").endsWith("data");

      Files.writeString(key, "nonsense");
      tls.refresh();
      assertThat(ask(server.port()).subject()).isEqualTo("CN=first");

      Files.writeString(certificate, Files.readString(made.resolve("second.crt")));
      Files.writeString(key, Files.readString(made.resolve("second.key")));
      tls.refresh();
      assertThat(ask(server.port()).subject()).isEqualTo("CN=second");
    } finally {
      server.close();
    }
  }

  @Test
  void files_thatDoNotBelongTogether_areRefused() {
    assertThatThrownBy(() -> TlsFiles.read(made.resolve("first.crt"), made.resolve("second.key")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("first.crt");
  }

  @Test
  void files_thatAreOfAnotherKind_areRefusedByName() {
    assertThatThrownBy(() -> TlsFiles.read(made.resolve("first.key"), made.resolve("first.key")))
        .hasMessageContaining("first.key must have");
    assertThatThrownBy(() -> TlsFiles.read(made.resolve("first.crt"), made.resolve("first.crt")))
        .hasMessageContaining("PKCS #8");
  }
}
