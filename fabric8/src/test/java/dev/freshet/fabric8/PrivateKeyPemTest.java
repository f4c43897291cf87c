package dev.freshet.fabric8;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.InvalidKeySpecException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x9.X962Parameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateKeyPemTest {

  @ParameterizedTest
  @ValueSource(ints = {512, 1024, 3072})
  void rsaKeysAreReadInBothForms(int bits) throws Exception {
    var generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(bits);
    PrivateKey key = generator.generateKeyPair().getPrivate();
    byte[] pkcs1 =
        PrivateKeyInfo.getInstance(key.getEncoded())
            .parsePrivateKey()
            .toASN1Primitive()
            .getEncoded();

    assertThat(read("RSA PRIVATE KEY", pkcs1)).isEqualTo(key);
    assertThat(read("PRIVATE KEY", key.getEncoded())).isEqualTo(key);
  }

  @ParameterizedTest
  @CsvSource({"secp256r1,256", "secp384r1,384", "secp521r1,521"})
  void ecKeysAreReadInBothForms(String curve, int bits) throws Exception {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec(curve));
    var key = (ECPrivateKey) generator.generateKeyPair().getPrivate();

    assertThat(read("EC PRIVATE KEY", sec1(key, curve, bits)))
        .isInstanceOfSatisfying(ECPrivateKey.class, read -> requireSame(read, key));
    assertThat(read("PRIVATE KEY", key.getEncoded()))
        .isInstanceOfSatisfying(ECPrivateKey.class, read -> requireSame(read, key));
  }

  private static void requireSame(ECPrivateKey one, ECPrivateKey other) {
    assertThat(one.getS()).isEqualTo(other.getS());
    assertThat(one.getParams().getCurve()).isEqualTo(other.getParams().getCurve());
  }

  @Test
  void aKeyIsFoundBehindItsParametersAndACertificate() {
    TestPki.Pair pair = new TestPki("authority").issue("me");
    String parameters = pem("EC PARAMETERS", new byte[] {6, 1, 0});

    assertThat(readable(pair.certificatePem() + parameters + pair.keyPem())).isTrue();
  }

  @Test
  void aSec1KeyWithoutItsCurveIsRefused() throws Exception {
    byte[] bare = new org.bouncycastle.asn1.sec.ECPrivateKey(256, BigInteger.TWO).getEncoded();

    assertThatThrownBy(() -> read("EC PRIVATE KEY", bare))
        .isInstanceOf(InvalidKeySpecException.class);
  }

  /** Each prefix of a key, and each key with one byte that is another. */
  @ParameterizedTest
  @ValueSource(strings = {"EC", "RSA"})
  void damagedKeysAreRefusedOrAreOtherKeys(String algorithm) throws Exception {
    TestPki.Pair pair = new TestPki("authority").issue("me", algorithm, Instant.now());
    String text = pair.keyPem();
    String kind = algorithm + " PRIVATE KEY";
    byte[] der =
        Base64.getMimeDecoder().decode(text.replaceAll("-----[A-Z ]+-----", "").getBytes(US_ASCII));

    for (int length = 0; length < der.length; length++) {
      assertThat(readable(pem(kind, Arrays.copyOf(der, length)))).isFalse();
    }
    for (int at = 0; at < der.length; at++) {
      byte[] damaged = der.clone();
      damaged[at] ^= (byte) 0x81;
      // Nothing but a typed failure: what is another key will not be the certificate's.
      readable(pem(kind, damaged));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no key",
        "-----BEGIN PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----",
        "-----BEGIN RSA PRIVATE KEY-----\n!!\n-----END RSA PRIVATE KEY-----",
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----"
      })
  void whatHoldsNoKeyIsRefused(String text) {
    assertThat(readable(text)).isFalse();
  }

  private static byte[] sec1(ECPrivateKey key, String curve, int bits) throws IOException {
    ASN1ObjectIdentifier identifier =
        switch (curve) {
          case "secp256r1" -> SECObjectIdentifiers.secp256r1;
          case "secp384r1" -> SECObjectIdentifiers.secp384r1;
          default -> SECObjectIdentifiers.secp521r1;
        };
    return new org.bouncycastle.asn1.sec.ECPrivateKey(
            bits, key.getS(), new X962Parameters(identifier))
        .getEncoded();
  }

  private static PrivateKey read(String kind, byte[] der) throws GeneralSecurityException {
    return PrivateKeyPem.read(pem(kind, der).getBytes(US_ASCII));
  }

  private static boolean readable(String pem) {
    try {
      PrivateKeyPem.read(pem.getBytes(US_ASCII));
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static String pem(String kind, byte[] der) {
    String base64 = Base64.getMimeEncoder().encodeToString(der);
    return "-----BEGIN " + kind + "-----\n" + base64 + "\n-----END " + kind + "-----\n";
  }
}
