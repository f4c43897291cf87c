package dev.freshet.fabric8;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxiesTest {

  private static Proxies proxies(String server, String... noProxy) {
    Config config = Config.empty();
    config.setHttpProxy("http://me:pw@plain:1");
    config.setHttpsProxy("secure:2");
    config.setNoProxy(noProxy);
    return Proxies.of(config, URI.create(server));
  }

  @Test
  void theServersSchemeDecides() {
    URI https = URI.create("https://api:6443");
    assertThat(proxies(https.toString()).selector().orElseThrow().select(https))
        .singleElement()
        .asString()
        .contains("secure", ":2");
    URI http = URI.create("http://api");
    assertThat(proxies(http.toString()).selector().orElseThrow().select(http))
        .singleElement()
        .asString()
        .contains("plain", ":1");
  }

  @Test
  void theLoginIsForTheProxyAndNotShown() {
    Proxies proxies = proxies("http://api");
    assertThat(proxies.headers()).containsEntry("Proxy-Authorization", "Basic bWU6cHc=");
    assertThat(proxies.toString()).doesNotContain("bWU6cHc");
  }

  @ParameterizedTest
  @CsvSource({
    "https://api.local, .local, true",
    "https://api.local, local, true",
    "https://apilocal, local, false",
    "https://api.local, *.local, true",
    "https://10.1.2.3, 10.0.0.0/8, true",
    "https://11.1.2.3, 10.0.0.0/8, false",
    "https://10.example.org, 10.0.0.0/8, false",
    "https://[fd00::1], fd00::/16, true",
    "https://[fd00::1], 10.0.0.0/8, false",
    "https://api, 10.0.0.0/99, false",
  })
  void exemptHostsAreReachedDirectly(String server, String noProxy, boolean exempt) {
    assertThat(proxies(server, noProxy).selector().isEmpty()).isEqualTo(exempt);
  }
}
