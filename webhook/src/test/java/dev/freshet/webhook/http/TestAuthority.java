package dev.freshet.webhook.http;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x9.X962Parameters;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;

/** A certificate authority for one test. */
final class TestAuthority {

  private static final Duration VALID = Duration.ofDays(30);
  private static final AtomicLong SERIAL = new AtomicLong(1);

  private final String name;
  private final KeyPair keys = keys("EC");
  private final X509Certificate certificate;

  /** A certificate and its key. */
  record Pair(X509Certificate certificate, KeyPair keys) {
    String certificatePem() {
      return pem(certificate);
    }

    /** PKCS#1 for RSA; SEC1 for EC, as openssl writes it: the curve first, and in the key. */
    String keyPem() {
      if (!(keys.getPrivate() instanceof ECPrivateKey ec)) {
        return pem(keys.getPrivate());
      }
      try {
        var curve = new X962Parameters(SECObjectIdentifiers.secp256r1);
        var sec1 = new org.bouncycastle.asn1.sec.ECPrivateKey(256, ec.getS(), curve);
        return pem(new PemObject("EC PARAMETERS", curve.getEncoded()))
            + pem(new PemObject("EC PRIVATE KEY", sec1.getEncoded()));
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    String pkcs8Pem() {
      try {
        return pem(new JcaPKCS8Generator(keys.getPrivate(), null).generate());
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }

  TestAuthority(String name) {
    this.name = "CN=" + name;
    this.certificate = sign(this.name, keys, Instant.now().plus(VALID), true);
  }

  X509Certificate certificate() {
    return certificate;
  }

  String pem() {
    return pem(certificate);
  }

  Pair issue(String commonName) {
    return issue(commonName, "EC");
  }

  Pair issue(String commonName, String algorithm) {
    return issue(commonName, algorithm, Instant.now().plus(VALID));
  }

  Pair issue(String commonName, String algorithm, Instant until) {
    KeyPair pair = keys(algorithm);
    return new Pair(sign("CN=" + commonName, pair, until, false), pair);
  }

  private static KeyPair keys(String algorithm) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(algorithm.equals("EC") ? 256 : 2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private X509Certificate sign(String subject, KeyPair of, Instant until, boolean authority) {
    try {
      var builder =
          new JcaX509v3CertificateBuilder(
              new X500Name(name),
              BigInteger.valueOf(SERIAL.getAndIncrement()),
              Date.from(Instant.now().minus(Duration.ofDays(1))),
              Date.from(until),
              new X500Name(subject),
              of.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
    } catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
      throw new AssertionError(e);
    }
  }

  private static String pem(Object what) {
    var text = new StringWriter();
    try (var writer = new JcaPEMWriter(text)) {
      writer.writeObject(what);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return text.toString();
  }
}
