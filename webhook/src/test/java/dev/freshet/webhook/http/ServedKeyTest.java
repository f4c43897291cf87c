package dev.freshet.webhook.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.webhook.http.TestAuthority.Pair;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServedKeyTest {

  private final TestAuthority authority = new TestAuthority("authority");

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC"})
  void aKeyIsReadAsOpensslAndCertManagerWriteItAndAsPkcs8(String algorithm) {
    Pair pair = authority.issue("server", algorithm);
    assertThat(pair.keyPem()).contains("BEGIN " + algorithm + " PRIVATE KEY");
    assertThat(pair.pkcs8Pem()).contains("BEGIN PRIVATE KEY");
    for (String key : List.of(pair.keyPem(), pair.pkcs8Pem())) {
      var content = new TlsContent(pair.certificatePem(), key, "");
      assertThatCode(() -> ServedTls.of(content, new ClientPolicy.Unverified()))
          .doesNotThrowAnyException();
    }
  }

  @Test
  void aKeyCutShortIsRefusedWithoutBeingQuoted() {
    Pair pair = authority.issue("server", "RSA");
    String[] lines = pair.pkcs8Pem().split("\n", -1);
    String half =
        String.join("\n", Arrays.copyOf(lines, lines.length / 2)) + "\n-----END PRIVATE KEY-----";
    assertThatThrownBy(
            () ->
                ServedTls.of(
                    new TlsContent(pair.certificatePem(), half, ""), new ClientPolicy.Unverified()))
        .hasMessageContaining("private key is malformed")
        .hasMessageNotContaining(lines[1])
        .hasNoCause();
  }
}
