package io.strikegrid.server.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SitesTest {

  private static final Sites LOOPBACK = new Sites(true, List.of());
  private static final Sites NAMED = new Sites(false, List.of("grid.example", "[2001:db8::1]"));

  private static HttpFields asked(String host) {
    return HttpFields.build().add("Host", host);
  }

  private static HttpFields from(String host, String origin) {
    return HttpFields.build().add("Host", host).add("Origin", origin);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LOCALHOST:80",
        "localhost.:8080",
        "127.0.0.1",
        "127.0.0.1:65535",
        "127.255.0.9:8080",
        "[::1]",
        "[::1]:8080",
        "[0:0:0:0:0:0:0:1]"
      })
  void host_ofLoopback_isAnsweredOnLoopback(String host) {
    assertThatCode(() -> LOOPBACK.checkHost(asked(host), null)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:8080",
        "127.0.0.1.nip.io:8080",
        "localhost.evil.example",
        "128.0.0.1",
        "10.0.0.1",
        "[::2]",
        "127.1",
        "2130706433",
        "0.0.0.0"
      })
  void host_ofAnotherName_isMisdirectedOnLoopback(String host) {
    assertThatThrownBy(() -> LOOPBACK.checkHost(asked(host), null))
        .asInstanceOf(type(Problem.class))
        .extracting(Problem::code)
        .isEqualTo(ProblemCode.MISDIRECTED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a@127.0.0.1",
        "127.0.0.1:0",
        "127.0.0.1:65536",
        "127.0.0.1:99999",
        "127.0.0.1:x",
        "xx yy",
        "::1",
        "[::1",
        "localhost/x",
        "localhost,localhost"
      })
  void host_thatIsNotWellFormed_isRefusedEverywhere(String host) {
    for (Sites sites : List.of(LOOPBACK, NAMED, new Sites(false, List.of()))) {
      assertThatThrownBy(() -> sites.checkHost(asked(host), null))
          .asInstanceOf(type(Problem.class))
          .extracting(Problem::code)
          .isEqualTo(ProblemCode.BAD_VALUE);
    }
  }

  @Test
  void host_missingOrTwice_isRefused() {
    assertThatThrownBy(() -> LOOPBACK.checkHost(HttpFields.EMPTY, "localhost"))
        .hasMessageContaining("one Host header; have 0");
    HttpFields two = HttpFields.build().add("Host", "localhost").add("Host", "localhost");
    assertThatThrownBy(() -> LOOPBACK.checkHost(two, null))
        .hasMessageContaining("one Host header; have 2");
  }

  @Test
  void host_inTheRequestLine_isCheckedToo() {
    assertThatThrownBy(() -> LOOPBACK.checkHost(asked("localhost"), "evil.example"))
        .hasMessageContaining("does not answer for evil.example");
  }

  @Test
  void page_thatWasNotAskedByHttps_isNoneOfAServerThatIs() {
    HttpFields page = from("grid.example", "http://grid.example");
    Sites sites = new Sites(false, List.of());
    assertThat(sites.foreign(page, true)).isEqualTo("http://grid.example");
    assertThat(sites.foreign(page, false)).isNull();
    assertThat(sites.foreign(from("grid.example", "https://grid.example"), true)).isNull();
  }

  @Test
  void host_thatIsAllowed_isAnsweredBesideThoseOfLoopback() {
    Sites sites = new Sites(true, List.of(" Grid.Example "));
    sites.checkHost(asked("grid.example:8443"), null);
    sites.checkHost(asked("localhost"), null);
    assertThatThrownBy(() -> sites.checkHost(asked("evil.example"), null))
        .isInstanceOf(Problem.class);
  }

  @Test
  void host_onOtherAddresses_isOneOfThoseAllowed() {
    NAMED.checkHost(asked("grid.example:8080"), null);
    NAMED.checkHost(asked("[2001:DB8::1]:8080"), null);
    assertThatThrownBy(() -> NAMED.checkHost(asked("localhost"), null))
        .asInstanceOf(type(Problem.class))
        .extracting(Problem::code)
        .isEqualTo(ProblemCode.MISDIRECTED);
    assertThatCode(() -> new Sites(false, List.of()).checkHost(asked("any.example"), null))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"grid.example:80", "", "a b", "http://grid.example", "*"})
  void name_thatIsNone_isRefusedAtTheStart(String name) {
    assertThatThrownBy(() -> new Sites(true, List.of(name)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("allow_host must be names or addresses without a port");
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:8080, http://127.0.0.1:8080",
    "127.0.0.1, http://127.0.0.1",
    "127.0.0.1:80, http://127.0.0.1",
    "127.0.0.1, https://127.0.0.1",
    "127.0.0.1, https://127.0.0.1:443",
    "LocalHost:8080, http://localhost:8080",
    "[::1]:8080, http://[::1]:8080"
  })
  void origin_ofTheHostThatIsAsked_isOwn(String host, String origin) {
    assertThat(LOOPBACK.foreign(from(host, origin), false)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:8080, http://evil.example:8080",
    "127.0.0.1:8080, http://localhost:8080",
    "127.0.0.1:8080, http://127.0.0.1:3000",
    "127.0.0.1:8080, http://127.0.0.1",
    "127.0.0.1:8080, null",
    "127.0.0.1:8080, file://",
    "127.0.0.1:8080, chrome-extension://abc",
    "127.0.0.1:8080, http://127.0.0.1:8080@evil.example",
    "127.0.0.1:8080, http://evil.example/127.0.0.1:8080",
    "127.0.0.1:8080, ftp://127.0.0.1:8080",
    "127.0.0.1:8080, 127.0.0.1:8080"
  })
  void origin_ofAnyOther_isForeign(String host, String origin) {
    assertThat(LOOPBACK.foreign(from(host, origin), false)).isEqualTo(origin);
  }

  @Test
  void origin_twice_isForeign() {
    HttpFields two =
        HttpFields.build()
            .add("Host", "localhost")
            .add("Origin", "http://localhost")
            .add("Origin", "http://evil.example");
    assertThat(LOOPBACK.foreign(two, false)).isNotNull();
  }

  @Test
  void origin_ofANameThatIsAllowed_isOwnBehindAProxyToo() {
    assertThat(NAMED.foreign(from("10.0.0.1:8080", "https://grid.example"), false)).isNull();
    assertThat(NAMED.foreign(from("10.0.0.1:8080", "https://evil.example"), false)).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({"cross-site, true", "same-site, true", "same-origin, false", "none, false"})
  void page_thatABrowserSaysIsElsewhere_isForeignWithoutAnOrigin(String site, boolean isForeign) {
    HttpFields headers = HttpFields.build().add("Host", "localhost").add("Sec-Fetch-Site", site);
    assertThat(LOOPBACK.foreign(headers, false) != null).isEqualTo(isForeign);
    assertThat(LOOPBACK.foreign(asked("localhost"), false)).isNull();
  }
}
