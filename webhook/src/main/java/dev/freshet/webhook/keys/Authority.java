package dev.freshet.webhook.keys;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * An authority of one webhook. The JDK has no public API that issues certificates, so Bouncy Castle
 * writes them; keys and signatures are the JDK's, ECDSA on P-256. Immutable.
 */
record Authority(Signed self) {

  /** Certificates are valid from a little earlier, for clocks that are behind. */
  static final Duration CLOCK_SKEW = Duration.ofHours(1);

  private static final String SIGNATURE = "SHA256withECDSA";
  private static final String CURVE_KEYS = "EC";
  private static final int CURVE_BITS = 256;
  private static final int SERIAL_BITS = 64;
  private static final int PEM_LINE = 64;

  /** One of its own name, so that several of them are told apart in one bundle. */
  static Authority create(Instant now, Duration valid) {
    KeyPair pair = newKeys();
    BigInteger serial = newSerial();
    var name = new X500Name("CN=freshet-webhook-" + serial.toString(36));
    String certificate =
        issue(name, name, serial, pair.getPublic(), pair.getPrivate(), now, valid, List.of());
    return new Authority(new Signed(certificate, privatePem(pair)));
  }

  /** A serving certificate for these names, never valid for longer than the authority. */
  Signed serving(List<String> dnsNames, Instant now, Duration valid) {
    KeyPair pair = newKeys();
    Duration left = Duration.between(now, self.until());
    String certificate =
        issue(
            new X500Name(self.parsed().getSubjectX500Principal().getName()),
            new X500Name("CN=" + dnsNames.getFirst()),
            newSerial(),
            pair.getPublic(),
            privateKey(),
            now,
            valid.compareTo(left) < 0 ? valid : left,
            dnsNames);
    return new Signed(certificate, privatePem(pair));
  }

  private PrivateKey privateKey() {
    String body = self.key().replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
    try {
      return KeyFactory.getInstance(CURVE_KEYS)
          .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(body)));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      // Not as the cause: its message could quote the key.
      throw KeyRing.malformed();
    }
  }

  private static String issue(
      X500Name issuer,
      X500Name subject,
      BigInteger serial,
      PublicKey key,
      PrivateKey by,
      Instant now,
      Duration valid,
      List<String> dnsNames) {
    var builder =
        new JcaX509v3CertificateBuilder(
            issuer,
            serial,
            Date.from(now.minus(CLOCK_SKEW)),
            Date.from(now.plus(valid)),
            subject,
            key);
    boolean authority = dnsNames.isEmpty();
    try {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
      builder.addExtension(
          Extension.keyUsage,
          true,
          new KeyUsage(authority ? KeyUsage.keyCertSign : KeyUsage.digitalSignature));
      if (!authority) {
        builder.addExtension(
            Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
        builder.addExtension(Extension.subjectAlternativeName, false, names(dnsNames));
      }
      var signer = new JcaContentSignerBuilder(SIGNATURE).build(by);
      return pem("CERTIFICATE", builder.build(signer).getEncoded());
    } catch (IOException | OperatorException e) {
      throw new IllegalStateException("this JDK cannot sign by " + SIGNATURE, e);
    }
  }

  private static GeneralNames names(List<String> dnsNames) {
    return new GeneralNames(dnsNames.stream().map(Authority::name).toArray(GeneralName[]::new));
  }

  private static GeneralName name(String name) {
    boolean address = name.matches("[0-9.]+|.*:.*");
    return new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, name);
  }

  private static KeyPair newKeys() {
    try {
      var generator = KeyPairGenerator.getInstance(CURVE_KEYS);
      generator.initialize(CURVE_BITS);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK cannot make elliptic keys", e);
    }
  }

  private static BigInteger newSerial() {
    return new BigInteger(SERIAL_BITS, new SecureRandom()).add(BigInteger.ONE);
  }

  private static String privatePem(KeyPair pair) {
    return pem("PRIVATE KEY", pair.getPrivate().getEncoded());
  }

  private static String pem(String type, byte[] der) {
    String body = Base64.getMimeEncoder(PEM_LINE, "\n".getBytes(US_ASCII)).encodeToString(der);
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(type, body);
  }

  /** The names that a serving certificate is for. */
  static Optional<List<String>> namesOf(Signed serving) {
    try {
      var names = serving.parsed().getSubjectAlternativeNames();
      return Optional.ofNullable(names)
          .map(all -> all.stream().map(entry -> String.valueOf(entry.get(1))).toList());
    } catch (java.security.cert.CertificateParsingException e) {
      return Optional.empty();
    }
  }
}
