package dev.freshet.webhook.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RotationTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final List<String> NAMES = List.of("quota.system.svc", "127.0.0.1");
  private static final Rotation ROTATION = new Rotation(Lifetimes.STANDARD, NAMES);
  private static final Duration DAY = Duration.ofDays(1);

  @Test
  void forTwentyYearsWhatIsServedFitsTheBundleOfTheStepBefore() throws Exception {
    KeyRing ring = ROTATION.first(START);
    int authorities = 0;
    int certificates = 0;
    for (Instant now = START; now.isBefore(START.plus(DAY.multipliedBy(20 * 365))); ) {
      Optional<KeyRing> next = ROTATION.next(ring, now, true);
      if (next.isPresent()) {
        assertThat(isTrusted(next.get().serving(), ring.bundle(), now)).isTrue();
        assertThat(isTrusted(ring.serving(), next.get().bundle(), now)).isTrue();
        authorities += next.get().successor().isPresent() ? 1 : 0;
        certificates += next.get().serving().equals(ring.serving()) ? 0 : 1;
        ring = next.get();
      } else {
        assertThat(ring.serving().isOver(now.plus(DAY))).isFalse();
        now = now.plus(DAY);
      }
    }
    // An authority lasts five years, of which it signs for three and a third and a day or two.
    assertThat(authorities).isEqualTo(5);
    assertThat(certificates).isBetween(20 * 365 / 60 - 2, 20 * 365 / 60 + 8);
  }

  private static boolean isTrusted(Signed serving, String bundle, Instant now) throws Exception {
    var authorities =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(
                new ByteArrayInputStream(bundle.getBytes(StandardCharsets.US_ASCII)));
    X509Certificate certificate = serving.parsed();
    certificate.checkValidity(Date.from(now));
    return authorities.stream()
        .map(X509Certificate.class::cast)
        .filter(one -> one.getSubjectX500Principal().equals(certificate.getIssuerX500Principal()))
        .anyMatch(one -> verifies(certificate, one.getPublicKey()));
  }

  private static boolean verifies(X509Certificate certificate, PublicKey key) {
    try {
      certificate.verify(key);
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  @Test
  void aNewAuthorityDoesNotSignBeforeAllTrustItAndSomeTimeHasPassed() {
    KeyRing ring = ROTATION.first(START);
    Instant due = START.plus(DAY.multipliedBy(4 * 365));
    KeyRing announced = ROTATION.next(ring, due, true).orElseThrow();
    assertThat(announced.successor()).isPresent();
    // What is due besides comes first, with the old authority.
    KeyRing renewed = ROTATION.next(announced, due, true).orElseThrow();
    assertThat(renewed.signing()).isEqualTo(ring.signing());
    Instant settled = due.plus(Lifetimes.STANDARD.settles());
    assertThat(ROTATION.next(renewed, settled.minusSeconds(1), true)).isEmpty();
    assertThat(ROTATION.next(renewed, settled, false)).isEmpty();
    KeyRing signing = ROTATION.next(renewed, settled, true).orElseThrow();
    assertThat(signing.signing()).isEqualTo(announced.successor().orElseThrow());
    assertThat(signing.retired()).contains(ring.signing().self().certificate());
  }

  @Test
  void anAuthorityThatNobodyReplacedInTimeIsReplacedAtOnce() {
    KeyRing ring = ROTATION.first(START);
    Instant late = START.plus(DAY.multipliedBy(6 * 365));
    KeyRing next = ROTATION.next(ring, late, false).orElseThrow();
    assertThat(next.signing()).isNotEqualTo(ring.signing());
    assertThat(next.serving().isOver(late)).isFalse();
  }

  @Test
  void otherNamesNeedAnotherCertificate() {
    KeyRing ring = ROTATION.first(START);
    assertThat(ROTATION.next(ring, START, true)).isEmpty();
    var renamed = new Rotation(Lifetimes.STANDARD, List.of("other.system.svc"));
    KeyRing next = renamed.next(ring, START, true).orElseThrow();
    assertThat(next.signing()).isEqualTo(ring.signing());
    assertThat(Authority.namesOf(next.serving())).contains(List.of("other.system.svc"));
  }

  @Test
  void aRingComesBackOutOfItsSecret() {
    KeyRing ring = ROTATION.first(START);
    Instant due = START.plus(DAY.multipliedBy(4 * 365));
    KeyRing announced = ROTATION.next(ring, due, true).orElseThrow();
    assertThat(KeyRing.of(announced.data())).isEqualTo(announced);
  }

  @Test
  void keysAreNeverPrinted() {
    KeyRing ring = ROTATION.first(START);
    assertThat(ring.toString() + ring.signing() + ring.serving())
        .doesNotContain(ring.serving().key().substring(40, 60))
        .doesNotContain("PRIVATE");
  }
}
