package dev.freshet.fabric8;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.transport.PrivateKeyPem;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x9.X962Parameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Here, where keys and certificates can be made. */
class PrivateKeyPemTest {

  private KeyPair keys = keys("EC", "secp256r1");

  @ParameterizedTest
  @ValueSource(strings = {"512", "1024", "3072"})
  void rsaKeysAreReadInBothForms(String bits) throws Exception {
    keys = keys("RSA", bits);
    PrivateKey key = keys.getPrivate();
    byte[] pkcs1 =
        PrivateKeyInfo.getInstance(key.getEncoded())
            .parsePrivateKey()
            .toASN1Primitive()
            .getEncoded();

    assertThat(read(pem("RSA PRIVATE KEY", pkcs1))).isEqualTo(key);
    assertThat(read(pem("PRIVATE KEY", key.getEncoded()))).isEqualTo(key);
  }

  @ParameterizedTest
  @CsvSource({"secp256r1,256", "secp384r1,384", "secp521r1,521"})
  void ecKeysAreReadInBothForms(String curve, int bits) throws Exception {
    keys = keys("EC", curve);
    var key = (ECPrivateKey) keys.getPrivate();

    // Not equals: which optional fields are encoded differs.
    assertThat(read(pem("EC PRIVATE KEY", sec1(key, curve, bits))))
        .isInstanceOfSatisfying(
            ECPrivateKey.class, read -> assertThat(read.getS()).isEqualTo(key.getS()));
    assertThat(read(pem("PRIVATE KEY", key.getEncoded())))
        .isInstanceOfSatisfying(
            ECPrivateKey.class, read -> assertThat(read.getS()).isEqualTo(key.getS()));
  }

  @Test
  void aKeyIsFoundBehindItsParametersAndACertificate() {
    TestPki.Pair pair = new TestPki("authority").issue("me");
    keys = pair.keys();
    String parameters = pem("EC PARAMETERS", new byte[] {6, 1, 0});

    assertThat(isReadable(pair.certificatePem() + parameters + pair.keyPem())).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"RSA,2048", "EC,secp256r1"})
  void aKeyBelongsToItsOwnPublicKeyAlone(String algorithm, String parameter) throws Exception {
    KeyPair own = keys(algorithm, parameter);
    KeyPair other = keys(algorithm, parameter);

    assertThat(PrivateKeyPem.belongsTo(own.getPublic(), own.getPrivate())).isTrue();
    assertThat(PrivateKeyPem.belongsTo(other.getPublic(), own.getPrivate())).isFalse();
  }

  /** Its modulus would still be that of the certificate, and no signature would be right. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void anRsaKeyWithADamagedPartBelongsToNone(int damaged) throws Exception {
    KeyPair own = keys("RSA", "1024");
    var key = (RSAPrivateCrtKey) own.getPrivate();
    List<BigInteger> parts =
        new ArrayList<>(
            List.of(
                key.getPrimeP(),
                key.getPrimeQ(),
                key.getPrimeExponentP(),
                key.getPrimeExponentQ(),
                key.getCrtCoefficient()));
    parts.set(damaged, parts.get(damaged).flipBit(7));
    PrivateKey broken =
        KeyFactory.getInstance("RSA")
            .generatePrivate(
                new RSAPrivateCrtKeySpec(
                    key.getModulus(),
                    key.getPublicExponent(),
                    key.getPrivateExponent(),
                    parts.get(0),
                    parts.get(1),
                    parts.get(2),
                    parts.get(3),
                    parts.get(4)));

    assertThat(PrivateKeyPem.belongsTo(own.getPublic(), broken)).isFalse();
  }

  /** Each prefix of a key is refused; with a byte that is another, nothing worse happens. */
  @ParameterizedTest
  @ValueSource(strings = {"EC", "RSA"})
  void damagedKeysAreRefusedOrAreOtherKeys(String algorithm) {
    TestPki.Pair pair = new TestPki("authority").issue("me", algorithm, Instant.now());
    keys = pair.keys();
    String kind = algorithm + " PRIVATE KEY";
    byte[] der =
        Base64.getMimeDecoder()
            .decode(pair.keyPem().replaceAll("-----[A-Z ]+-----", "").getBytes(US_ASCII));

    assertThat(isReadable(pem(kind, der))).isTrue();
    for (int length = 0; length < der.length / 2; length++) {
      assertThat(isReadable(pem(kind, Arrays.copyOf(der, length)))).isFalse();
    }
    for (int at = 0; at < der.length; at++) {
      byte[] damaged = der.clone();
      damaged[at] ^= (byte) 0x81;
      isReadable(pem(kind, damaged));
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
    assertThat(isReadable(text)).isFalse();
  }

  private static KeyPair keys(String algorithm, String parameter) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      if (algorithm.equals("EC")) {
        generator.initialize(new ECGenParameterSpec(parameter));
      } else {
        generator.initialize(Integer.parseInt(parameter));
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
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

  private PrivateKey read(String pem) throws GeneralSecurityException {
    return PrivateKeyPem.read(pem, keys.getPublic());
  }

  /** Fails by nothing but a typed failure. */
  private boolean isReadable(String pem) {
    try {
      read(pem);
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
