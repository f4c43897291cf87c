package dev.freshet.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A private key in PEM, read with its public key at hand. Without the PKCS#12 store that other
 * readers put it into and take it out of, each time by 10,000 rounds of hashing.
 *
 * <p>The JDK reads PKCS#8 only, while cert-manager writes PKCS#1 and SEC1 unless told otherwise.
 * Those are what PKCS#8 wraps together with the algorithm's name and curve (RFC 5208, section 5),
 * and a certificate spells these in the same way (RFC 5280, section 4.1.2.7).
 */
public final class PrivateKeyPem {

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ((?:RSA |EC )?)PRIVATE KEY-----([A-Za-z0-9+/=\\s]++)-----END ");

  /** What is signed to see whether keys belong together. */
  private static final byte[] PROBE = {1, 2, 3, 4};

  private static final int SEQUENCE = 0x30;
  private static final int OCTET_STRING = 0x04;
  private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};
  private static final int LONG_LENGTH = 0x80;
  private static final int OCTET_MASK = 0xff;

  private PrivateKeyPem() {}

  /**
   * The first private key of {@code pem}, PKCS#8, PKCS#1 or SEC1, among whatever else stands there.
   * A message of a failure never quotes it.
   *
   * @throws GeneralSecurityException if there is none, or it is not of the public key's algorithm
   */
  public static PrivateKey read(String pem, PublicKey publicKey) throws GeneralSecurityException {
    Matcher block = BLOCK.matcher(pem);
    if (!block.find()) {
      throw new InvalidKeyException("no unencrypted private key");
    }
    byte[] der = decoded(block.group(2));
    byte[] pkcs8 = block.group(1).isEmpty() ? der : wrapped(der, publicKey.getEncoded());
    return KeyFactory.getInstance(publicKey.getAlgorithm())
        .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
  }

  /**
   * Whether a key that was read with a public key is the key of it.
   *
   * @throws GeneralSecurityException if nothing can be signed with it
   */
  public static boolean belongsTo(PublicKey publicKey, PrivateKey key)
      throws GeneralSecurityException {
    if (key instanceof RSAPrivateCrtKey secret && publicKey instanceof RSAPublicKey shown) {
      // A signature would say the same, at a tenth of a second in a JVM that has just started.
      return isWhole(secret) && isOf(shown, secret);
    }
    Signature signature =
        Signature.getInstance(
            key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA");
    signature.initSign(key);
    signature.update(PROBE);
    byte[] signed = signature.sign();
    signature.initVerify(publicKey);
    signature.update(PROBE);
    return signature.verify(signed);
  }

  private static boolean isOf(RSAPublicKey shown, RSAPrivateCrtKey secret) {
    return secret.getModulus().equals(shown.getModulus())
        && secret.getPublicExponent().equals(shown.getPublicExponent());
  }

  /** Whether all that signing uses fits together (RFC 8017, section 3.2). */
  private static boolean isWhole(RSAPrivateCrtKey key) {
    BigInteger p = key.getPrimeP();
    BigInteger q = key.getPrimeQ();
    return p.compareTo(BigInteger.ONE) > 0
        && q.compareTo(BigInteger.ONE) > 0
        && p.multiply(q).equals(key.getModulus())
        && isInverse(key.getPublicExponent(), key.getPrimeExponentP(), p.subtract(BigInteger.ONE))
        && isInverse(key.getPublicExponent(), key.getPrimeExponentQ(), q.subtract(BigInteger.ONE))
        && isInverse(q, key.getCrtCoefficient(), p);
  }

  private static boolean isInverse(BigInteger one, BigInteger other, BigInteger modulus) {
    return one.multiply(other).subtract(BigInteger.ONE).mod(modulus).signum() == 0;
  }

  private static byte[] decoded(String base64) throws InvalidKeyException {
    try {
      return Base64.getMimeDecoder().decode(base64.getBytes(US_ASCII));
    } catch (IllegalArgumentException e) {
      throw new InvalidKeyException("not base64", e);
    }
  }

  private static byte[] wrapped(byte[] key, byte[] subjectPublicKeyInfo) {
    int algorithmAt = contentAt(subjectPublicKeyInfo, 0);
    int algorithmEnd =
        contentAt(subjectPublicKeyInfo, algorithmAt)
            + contentLength(subjectPublicKeyInfo, algorithmAt);
    return element(
        SEQUENCE,
        VERSION_0,
        Arrays.copyOfRange(subjectPublicKeyInfo, algorithmAt, algorithmEnd),
        element(OCTET_STRING, key));
  }

  private static int contentAt(byte[] der, int at) {
    int length = der[at + 1] & OCTET_MASK;
    return at + 2 + (length < LONG_LENGTH ? 0 : length - LONG_LENGTH);
  }

  private static int contentLength(byte[] der, int at) {
    int length = der[at + 1] & OCTET_MASK;
    if (length < LONG_LENGTH) {
      return length;
    }
    int value = 0;
    for (int i = at + 2; i < contentAt(der, at); i++) {
      value = (value << Byte.SIZE) | (der[i] & OCTET_MASK);
    }
    return value;
  }

  private static byte[] element(int tag, byte[]... parts) {
    int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
    var der = new ByteArrayOutputStream();
    der.write(tag);
    if (length < LONG_LENGTH) {
      der.write(length);
    } else if (length <= OCTET_MASK) {
      der.write(LONG_LENGTH + 1);
      der.write(length);
    } else {
      der.write(LONG_LENGTH + 2);
      der.write(length >> Byte.SIZE);
      der.write(length);
    }
    Arrays.stream(parts).forEach(der::writeBytes);
    return der.toByteArray();
  }
}
