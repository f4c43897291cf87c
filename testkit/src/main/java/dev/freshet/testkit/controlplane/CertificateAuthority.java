package dev.freshet.testkit.controlplane;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.freshet.testkit.TestkitException;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
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
 * The certificate authority of one control plane or fault server; its key is never written to disk.
 *
 * <p>The JDK has no public API that issues certificates, and its {@code keytool} takes half a
 * second of CPU per step, so Bouncy Castle writes the certificates. Keys and signatures are the
 * JDK's. Thread-safe.
 */
public final class CertificateAuthority {
  private static final String SIGNATURE = "SHA256withECDSA";
  private static final int SERIAL_BITS = 64;
  private static final Duration CLOCK_SKEW = Duration.ofHours(1);
  private static final Duration VALIDITY = Duration.ofDays(365);
  private static final X500Name NAME = new X500Name("CN=freshet-testkit");

  private final KeyPair keys = ellipticKeys();
  private final String certificate;

  /** A new one, with keys of its own. */
  public CertificateAuthority() {
    this.certificate = issue(NAME, keys.getPublic(), Optional.empty());
  }

  /** The authority's own certificate as PEM. */
  public String certificate() {
    return certificate;
  }

  /** A certificate for a server on this machine: 127.0.0.1 and localhost. */
  public Credential serving() {
    KeyPair pair = ellipticKeys();
    var purpose = Optional.of(KeyPurposeId.id_kp_serverAuth);
    return credential(issue(new X500Name("CN=kube-apiserver"), pair.getPublic(), purpose), pair);
  }

  /** A client certificate from which the API server reads name and groups. */
  public Credential client(User user) {
    var name = new X500NameBuilder().addRDN(BCStyle.CN, user.name());
    user.groups().forEach(group -> name.addRDN(BCStyle.O, group));
    // RSA: fabric8 reads an elliptic key only when told so beside the kubeconfig.
    KeyPair pair = rsaKeys();
    var purpose = Optional.of(KeyPurposeId.id_kp_clientAuth);
    return credential(issue(name.build(), pair.getPublic(), purpose), pair);
  }

  /** A key pair with which service account tokens are signed, as PEM: public, private. */
  static Credential signingKeys() {
    KeyPair pair = ellipticKeys();
    return new Credential(
        pem("PUBLIC KEY", pair.getPublic().getEncoded()), privatePem(pair.getPrivate()));
  }

  private String issue(X500Name subject, PublicKey key, Optional<KeyPurposeId> purpose) {
    Instant now = Instant.now();
    var builder =
        new JcaX509v3CertificateBuilder(
            NAME,
            new BigInteger(SERIAL_BITS, new SecureRandom()).add(BigInteger.ONE),
            Date.from(now.minus(CLOCK_SKEW)),
            Date.from(now.plus(VALIDITY)),
            subject,
            key);
    try {
      builder.addExtension(
          Extension.basicConstraints, true, new BasicConstraints(purpose.isEmpty()));
      int usage = purpose.isEmpty() ? KeyUsage.keyCertSign : KeyUsage.digitalSignature;
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
      if (purpose.isPresent()) {
        builder.addExtension(
            Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose.get()));
        builder.addExtension(Extension.subjectAlternativeName, false, loopback());
      }
      var signer = new JcaContentSignerBuilder(SIGNATURE).build(keys.getPrivate());
      return pem("CERTIFICATE", builder.build(signer).getEncoded());
    } catch (IOException | OperatorException e) {
      throw new TestkitException("Cannot issue a certificate for " + subject + ".", e);
    }
  }

  private static GeneralNames loopback() {
    return new GeneralNames(
        new GeneralName[] {
          new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
          new GeneralName(GeneralName.dNSName, "localhost")
        });
  }

  private static KeyPair ellipticKeys() {
    return generate("EC", 256);
  }

  private static KeyPair rsaKeys() {
    return generate("RSA", 2048);
  }

  private static KeyPair generate(String algorithm, int bits) {
    try {
      var generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new TestkitException("This JDK cannot make keys for " + algorithm + ".", e);
    }
  }

  private static Credential credential(String certificate, KeyPair pair) {
    return new Credential(certificate, privatePem(pair.getPrivate()));
  }

  private static String privatePem(Key key) {
    return pem("PRIVATE KEY", key.getEncoded());
  }

  private static String pem(String type, byte[] der) {
    String body = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(der);
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(type, body);
  }
}
