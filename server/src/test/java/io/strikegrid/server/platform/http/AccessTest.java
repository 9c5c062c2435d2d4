package io.strikegrid.server.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.strikegrid.server.ApiClient;
import io.strikegrid.server.SampleServer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AccessTest {

  @TempDir private Path folder;

  private Path file(String... lines) throws IOException {
    return Files.write(folder.resolve("tokens"), List.of(lines));
  }

  @Test
  void server_withTokens_letsOnlyThoseWithTheRoleIn() throws IOException {
    Tokens tokens =
        Tokens.read(
            file(
                "# whoever looks at charts",
                "",
                Tokens.line(Role.READ, "desk", "open sesame"),
                Tokens.line(Role.WRITE, "feed", "feed me")));
    try (SampleServer server = SampleServer.start(tokens)) {
      ApiClient api = server.client();
      assertThat(api.get("/fo/indicators", "Authorization", "Bearer open sesame").statusCode())
          .isEqualTo(200);
      assertThat(api.get("/fo/indicators", "Authorization", "bearer open sesame").statusCode())
          .isEqualTo(200);
      HttpResponse<String> nobody = api.get("/fo/indicators");
      assertThat(ApiClient.problem(nobody).at("/code").asText()).isEqualTo("unauthorized");
      assertThat(nobody.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
      JsonNode stranger =
          ApiClient.problem(api.get("/status", "Authorization", "Bearer open barley"));
      assertThat(stranger.at("/code").asText()).isEqualTo("unauthorized");
      assertThat(stranger.toString()).doesNotContain("barley");
      JsonNode feed = ApiClient.problem(api.get("/metrics", "Authorization", "Bearer feed me"));
      assertThat(feed.at("/code").asText()).isEqualTo("forbidden");
      assertThat(feed.at("/detail").asText())
          .isEqualTo("the token has the role write; this needs read");
      for (String open : List.of("/health/live", "/health/ready", "/openapi.yaml", "/docs")) {
        assertThat(api.get(open).statusCode()).as(open).isEqualTo(200);
      }
    }
  }

  @Test
  void tokens_withTwoLines_haveBothRoles() throws IOException {
    Tokens tokens =
        Tokens.read(file(Tokens.line(Role.READ, "a", "t"), Tokens.line(Role.WRITE, "a", "t")));
    assertThat(tokens.find("t"))
        .hasValueSatisfying(t -> assertThat(t.roles()).containsOnly(Role.READ, Role.WRITE));
    assertThat(tokens.find("other")).isEmpty();
  }

  @Test
  void tokens_withBadLines_nameThemAllAndShowNone() throws IOException {
    Path file = file("read desk secret", "admin desk sha256:" + "0".repeat(64), "read");
    assertThatThrownBy(() -> Tokens.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("line 1")
        .hasMessageContaining("line 2")
        .hasMessageContaining("line 3")
        .hasMessageNotContaining("secret");
  }

  @Test
  void tokens_withNone_areRefused() throws IOException {
    Path file = file("# nobody");
    assertThatThrownBy(() -> Tokens.read(file)).hasMessageContaining("have none");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
  void config_openToOtherMachinesWithoutTokens_isRefused(String host) {
    assertThatThrownBy(() -> new HttpConfig(host, 8080, Optional.empty(), false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--tokens")
        .hasMessageContaining("--insecure");
    assertThat(new HttpConfig(host, 8080, Optional.empty(), true).insecure()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1", "localhost"})
  void config_forThisMachineAlone_needsNoTokens(String host) {
    assertThat(new HttpConfig(host, 0, Optional.empty(), false).host()).isEqualTo(host);
  }
}
