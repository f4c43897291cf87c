package dev.freshet.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.error.ConfigurationException;
import dev.freshet.error.ConnectionException;
import dev.freshet.transport.ApiRequest;
import dev.freshet.transport.ApiRequest.Purpose;
import io.fabric8.kubernetes.client.Config;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsKeysTest {

  private static final TestPki PKI = new TestPki("authority");

  private static Optional<Pem> inline(String pem) {
    return Optional.of(new Pem.Inline(pem));
  }

  private static TlsSettings settings(String certificate, String key) {
    return new TlsSettings(
        inline(certificate), inline(key), inline(PKI.authorityPem()), false, false);
  }

  @ParameterizedTest
  @ValueSource(strings = {"EC", "RSA"})
  void keysAreReadInTheirOwnFormAndAsPkcs8(String algorithm) {
    TestPki.Pair pair = PKI.issue("me", algorithm, Instant.now());
    for (String key : List.of(pair.keyPem(), pair.pkcs8Pem())) {
      assertThat(TlsKeys.read(settings(pair.certificatePem(), key)).keyManagers()).hasSize(1);
    }
  }

  @Test
  void aKeyOfAnotherCertificateIsRefused() {
    String certificate = PKI.issue("me").certificatePem();
    assertThatThrownBy(() -> TlsKeys.read(settings(certificate, PKI.issue("other").keyPem())))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("not the key of the client certificate");
  }

  @Test
  void aMalformedKeyIsNotQuoted() {
    String key =
        "-----BEGIN EC PRIVATE KEY-----\nc2VjcmV0LWNhbmFyeQ==\n-----END EC PRIVATE KEY-----\n";
    assertThatThrownBy(() -> TlsKeys.read(settings(PKI.issue("me").certificatePem(), key)))
        .isInstanceOf(ConfigurationException.class)
        .hasNoCause()
        .hasMessageContaining("malformed")
        .hasMessageNotContaining("canary");
  }

  @Test
  void aClustersAuthorityIsTrustedAlone() {
    TlsKeys keys =
        TlsKeys.read(
            new TlsSettings(
                Optional.empty(), Optional.empty(), inline(PKI.authorityPem()), false, false));
    assertThat(keys.trustManagers())
        .singleElement()
        .isInstanceOfSatisfying(
            X509TrustManager.class, trust -> assertThat(trust.getAcceptedIssuers()).hasSize(1));
  }

  private static int get(FakeApi api, Config config) {
    config.setMasterUrl(api.url());
    try (var connection = Connection.open(config, "freshet/test", InstantSource.system());
        var response =
            connection
                .transport()
                .send(
                    new ApiRequest(
                        Purpose.DIRECT, "test", "/", "application/json", Duration.ofSeconds(30)))) {
      return response.status();
    }
  }

  private static FakeApi server(TestPki.Pair pair) {
    return FakeApi.tls(PKI.context(pair), exchange -> FakeApi.reply(exchange, 200, "{}"));
  }

  @Test
  void skippingVerificationTakesAnyCertificate() {
    try (var api = server(PKI.issue("server"))) {
      Config config = Config.empty();
      config.setTrustCerts(true);
      assertThat(get(api, config)).isEqualTo(200);
    }
  }

  @Test
  void skippingTheHostNameStillWantsATrustedAuthority() {
    try (var api = server(PKI.issue("server"))) {
      Config config = Config.empty();
      config.setDisableHostnameVerification(true);
      config.setCaCertData(KubeconfigFile.base64(PKI.authorityPem()));
      assertThat(get(api, config)).isEqualTo(200);
      config.setCaCertData(KubeconfigFile.base64(new TestPki("other").authorityPem()));
      assertThatThrownBy(() -> get(api, config))
          .isInstanceOf(ConnectionException.class)
          .hasMessageContaining("not signed by a trusted authority");
    }
  }

  @Test
  void anExpiredServerCertificateIsNamedAsTheCause() {
    try (var api = server(PKI.issue("server", "EC", Instant.now().minus(Duration.ofDays(365))))) {
      Config config = Config.empty();
      config.setCaCertData(KubeconfigFile.base64(PKI.authorityPem()));
      assertThatThrownBy(() -> get(api, config))
          .isInstanceOf(ConnectionException.class)
          .hasMessageContaining("has expired");
    }
  }
}
