package dev.freshet.webhook.keys;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.freshet.error.ConfigurationException;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;

/**
 * A certificate and its key, as PEM.
 *
 * @param key PKCS#8, never printed
 */
record Signed(String certificate, String key) {

  /** As an object. */
  X509Certificate parsed() {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(certificate.getBytes(US_ASCII)));
    } catch (CertificateException e) {
      // Not as the cause: a parser's message may quote what it read.
      throw new ConfigurationException(
          "a certificate that the webhook has made is malformed",
          "Delete the Secret of its keys; it makes new ones.");
    }
  }

  Instant since() {
    return parsed().getNotBefore().toInstant();
  }

  Instant until() {
    return parsed().getNotAfter().toInstant();
  }

  /** Whether less than a third of its time is left. */
  boolean isDue(Instant now) {
    Duration third = Duration.between(since(), until()).dividedBy(3);
    return now.isAfter(until().minus(third));
  }

  boolean isOver(Instant now) {
    return now.isAfter(until());
  }

  /** Nothing of the key. */
  @Override
  public String toString() {
    return "Signed[until=" + until() + "]";
  }
}
