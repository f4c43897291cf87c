package dev.freshet.webhook.keys;

import dev.freshet.error.ConfigurationException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All keys of one webhook, as its replicas share them. Immutable.
 *
 * @param signing the authority that has signed {@code serving}
 * @param successor the next one, once it is to be trusted already
 * @param retired the certificate of the one before; empty if there was none, or it has expired
 * @param serving what replicas serve
 */
record KeyRing(
    Authority signing, Optional<Authority> successor, Optional<String> retired, Signed serving) {

  private static final String SIGNING = "ca";
  private static final String SUCCESSOR = "next-ca";
  private static final String RETIRED = "last-ca";
  private static final String SERVING = "tls";
  private static final String CERTIFICATE = ".crt";
  private static final String KEY = ".key";

  /** The certificates that API servers are to trust, as PEM. */
  String bundle() {
    return Stream.of(
            Optional.of(signing.self().certificate()),
            successor.map(next -> next.self().certificate()),
            retired)
        .flatMap(Optional::stream)
        .collect(Collectors.joining());
  }

  /** As the data of a Secret, not yet encoded. */
  Map<String, String> data() {
    Map<String, String> data = new TreeMap<>();
    put(data, SIGNING, signing.self());
    successor.ifPresent(next -> put(data, SUCCESSOR, next.self()));
    retired.ifPresent(certificate -> data.put(RETIRED + CERTIFICATE, certificate));
    put(data, SERVING, serving);
    return data;
  }

  private static void put(Map<String, String> data, String name, Signed signed) {
    data.put(name + CERTIFICATE, signed.certificate());
    data.put(name + KEY, signed.key());
  }

  /**
   * Out of the data of a Secret.
   *
   * @throws ConfigurationException if it holds something else
   */
  static KeyRing of(Map<String, String> data) {
    return new KeyRing(
        new Authority(signed(data, SIGNING).orElseThrow(KeyRing::malformed)),
        signed(data, SUCCESSOR).map(Authority::new),
        Optional.ofNullable(data.get(RETIRED + CERTIFICATE)),
        signed(data, SERVING).orElseThrow(KeyRing::malformed));
  }

  private static Optional<Signed> signed(Map<String, String> data, String name) {
    if (!data.keySet().containsAll(List.of(name + CERTIFICATE, name + KEY))) {
      return Optional.empty();
    }
    var signed =
        new Signed(
            Objects.requireNonNull(data.get(name + CERTIFICATE)),
            Objects.requireNonNull(data.get(name + KEY)));
    var unused = signed.parsed();
    return Optional.of(signed);
  }

  static ConfigurationException malformed() {
    return new ConfigurationException(
        "the Secret of the webhook's keys holds something else",
        "Name another Secret, or delete it; the webhook then makes new keys.");
  }

  /** Nothing of the keys. */
  @Override
  public String toString() {
    return "KeyRing[serving=" + serving + "]";
  }
}
