package dev.freshet.webhook.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.webhook.http.TestAuthority.Pair;
import java.security.InvalidKeyException;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateKeyPemTest {

  private final TestAuthority authority = new TestAuthority("authority");

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC"})
  void aKeyIsReadAsOpensslAndCertManagerWriteIt(String algorithm) throws Exception {
    Pair pair = authority.issue("server", algorithm);
    assertThat(pair.keyPem()).contains("BEGIN " + algorithm + " PRIVATE KEY");
    assertReads(pair.keyPem(), pair);
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC"})
  void aKeyIsReadAsPkcs8(String algorithm) throws Exception {
    Pair pair = authority.issue("server", algorithm);
    assertThat(pair.pkcs8Pem()).contains("BEGIN PRIVATE KEY");
    assertReads(pair.pkcs8Pem(), pair);
  }

  private static void assertReads(String pem, Pair pair) throws Exception {
    var key = PrivateKeyPem.read(pem, pair.keys().getPublic());
    // Not equals: which optional fields are encoded differs.
    boolean same =
        switch (key) {
          case RSAPrivateKey rsa ->
              rsa.getPrivateExponent()
                  .equals(((RSAPrivateKey) pair.keys().getPrivate()).getPrivateExponent());
          case ECPrivateKey ec ->
              ec.getS().equals(((ECPrivateKey) pair.keys().getPrivate()).getS());
          default -> false;
        };
    assertThat(same).isTrue();
  }

  @Test
  void anEncryptedKeyIsRefused() {
    Pair pair = authority.issue("server");
    String encrypted = pair.pkcs8Pem().replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY");
    assertThatThrownBy(() -> PrivateKeyPem.read(encrypted, pair.keys().getPublic()))
        .isInstanceOf(InvalidKeyException.class);
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
