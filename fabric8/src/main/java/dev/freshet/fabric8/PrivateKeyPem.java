package dev.freshet.fabric8;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A private key as PEM: PKCS#8, PKCS#1 of RSA or SEC 1 of EC, not encrypted.
 *
 * <p>The JDK reads the first; the others are its content without the head that names the algorithm.
 * fabric8's {@code CertUtils} reads them, too, but gives a key only out of a PKCS#12 store: 10,000
 * rounds of hashing to put it in and 10,000 each time it is taken out, two seconds of processor
 * time in a JVM that has just started.
 */
final class PrivateKeyPem {

  private static final Pattern PEM =
      Pattern.compile("-----BEGIN (RSA |EC |)PRIVATE KEY-----([^-]*)-----END \\1PRIVATE KEY-----");

  private static final byte INTEGER = 0x02;
  private static final byte OCTET_STRING = 0x04;
  private static final byte SEQUENCE = 0x30;
  private static final byte EC_PARAMETERS = (byte) 0xA0;

  /** Version 0 of PKCS#8. */
  private static final byte[] VERSION = {INTEGER, 1, 0};

  /** The object identifier of RSA, and its absent parameters. */
  private static final byte[] RSA = HexFormat.of().parseHex("06092a864886f70d0101010500");

  /** The object identifier of EC; the curve follows. */
  private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");

  /** A key of 16,384 bits takes 9,300. */
  private static final int MAX_BYTES = 32 << 10;

  private static final int LONG_LENGTH = 0x80;
  private static final int MAX_LENGTH_BYTES = 2;

  private PrivateKeyPem() {}

  /** The first key of some PEM text, in which certificates and parameters may stand as well. */
  static PrivateKey read(byte[] pem) throws GeneralSecurityException {
    Matcher key = PEM.matcher(new String(pem, StandardCharsets.US_ASCII));
    if (!key.find()) {
      throw malformed();
    }
    byte[] content = decoded(key.group(2));
    if (content.length > MAX_BYTES) {
      throw malformed();
    }
    return switch (key.group(1)) {
      case "RSA " -> key("RSA", pkcs8(RSA, content));
      case "EC " -> key("EC", pkcs8(concatenated(EC, curve(content)), content));
      default -> pkcs8Key(content);
    };
  }

  private static byte[] decoded(String base64) throws InvalidKeySpecException {
    try {
      return Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw malformed();
    }
  }

  /** Its content says which algorithm, and each factory refuses what is not its own. */
  private static PrivateKey pkcs8Key(byte[] content) throws GeneralSecurityException {
    for (String algorithm : List.of("RSA", "EC")) {
      try {
        return key(algorithm, content);
      } catch (InvalidKeySpecException e) {
        // The next one.
      }
    }
    throw malformed();
  }

  private static PrivateKey key(String algorithm, byte[] pkcs8) throws GeneralSecurityException {
    return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
  }

  private static byte[] pkcs8(byte[] algorithm, byte[] key) {
    return element(
        SEQUENCE, concatenated(VERSION, element(SEQUENCE, algorithm), element(OCTET_STRING, key)));
  }

  /** The curve that a SEC 1 key names: in its optional parameters, which every tool writes. */
  private static byte[] curve(byte[] sec1) throws InvalidKeySpecException {
    int at = contentOf(sec1, 0, SEQUENCE);
    while (at < sec1.length) {
      int from = contentOf(sec1, at, sec1[at]);
      int to = endOf(sec1, at);
      if (sec1[at] == EC_PARAMETERS) {
        return Arrays.copyOfRange(sec1, from, to);
      }
      at = to;
    }
    throw malformed();
  }

  /** Where the content of an element begins. */
  private static int contentOf(byte[] der, int at, byte tag) throws InvalidKeySpecException {
    if (at + 1 >= der.length || der[at] != tag) {
      throw malformed();
    }
    int first = Byte.toUnsignedInt(der[at + 1]);
    int more = first < LONG_LENGTH ? 0 : first - LONG_LENGTH;
    // Without a length of its own (0x80) an element is no DER.
    if (first == LONG_LENGTH || more > MAX_LENGTH_BYTES) {
      throw malformed();
    }
    return at + 2 + more;
  }

  /** Where an element ends. */
  private static int endOf(byte[] der, int at) throws InvalidKeySpecException {
    int content = contentOf(der, at, der[at]);
    if (content > der.length) {
      throw malformed();
    }
    int length = der[at + 1];
    if (content > at + 2) {
      length = 0;
      for (int i = at + 2; i < content; i++) {
        length = (length << Byte.SIZE) | Byte.toUnsignedInt(der[i]);
      }
    }
    if (length > der.length - content) {
      throw malformed();
    }
    return content + length;
  }

  private static byte[] element(byte tag, byte[] content) {
    int length = content.length;
    var element = new ByteArrayOutputStream();
    element.write(tag);
    if (length < LONG_LENGTH) {
      element.write(length);
    } else if (length <= 0xFF) {
      element.writeBytes(new byte[] {(byte) (LONG_LENGTH + 1), (byte) length});
    } else {
      element.writeBytes(
          new byte[] {(byte) (LONG_LENGTH + 2), (byte) (length >>> Byte.SIZE), (byte) length});
    }
    element.writeBytes(content);
    return element.toByteArray();
  }

  private static byte[] concatenated(byte[]... parts) {
    var all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static InvalidKeySpecException malformed() {
    return new InvalidKeySpecException("no private key");
  }
}
