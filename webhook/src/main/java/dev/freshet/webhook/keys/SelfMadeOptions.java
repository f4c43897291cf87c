package dev.freshet.webhook.keys;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What {@link SelfMadeKeys} need to know. Immutable; each method returns a changed copy.
 *
 * @param namespace of the Secret that replicas share
 * @param secret its name; it is made if it is not there
 * @param names that API servers call the webhook by: DNS names, or addresses
 * @param configurations names of the webhook configurations that the authority is written into
 * @param clientAuthority the PEM file of whoever signs kube-apiserver's client certificate
 * @param lifetimes of what is made
 * @param refreshEvery how often it is looked after
 * @param clock what time it is
 */
public record SelfMadeOptions(
    String namespace,
    String secret,
    List<String> names,
    Set<String> configurations,
    Optional<Path> clientAuthority,
    Lifetimes lifetimes,
    Duration refreshEvery,
    InstantSource clock) {

  public static final Duration REFRESH_EVERY = Duration.ofMinutes(1);

  public SelfMadeOptions {
    names = List.copyOf(names);
    configurations = Set.copyOf(configurations);
    if (names.isEmpty()) {
      throw new IllegalArgumentException("a certificate needs a name that it is for");
    }
    if (!refreshEvery.isPositive()) {
      throw new IllegalArgumentException("the interval for looking after keys is positive");
    }
  }

  /**
   * For a webhook behind a Service.
   *
   * @param service its name, in {@code namespace}
   * @param configuration the name of its webhook configurations, validating and mutating
   */
  public static SelfMadeOptions ofService(String namespace, String service, String configuration) {
    return new SelfMadeOptions(
        namespace,
        secretOf(service),
        List.of(service + "." + namespace + ".svc"),
        Set.of(configuration),
        Optional.empty(),
        Lifetimes.STANDARD,
        REFRESH_EVERY,
        InstantSource.system());
  }

  /** The Secret in which the keys of a service are kept unless said otherwise. */
  public static String secretOf(String service) {
    return service + "-keys";
  }

  /** The same with the file by which clients are known. */
  public SelfMadeOptions clientAuthority(Path file) {
    return new SelfMadeOptions(
        namespace,
        secret,
        names,
        configurations,
        Optional.of(file),
        lifetimes,
        refreshEvery,
        clock);
  }

  /** The same for other names. */
  public SelfMadeOptions names(String... others) {
    return new SelfMadeOptions(
        namespace,
        secret,
        List.of(others),
        configurations,
        clientAuthority,
        lifetimes,
        refreshEvery,
        clock);
  }

  /** The same with other lifetimes. */
  public SelfMadeOptions lifetimes(Lifetimes others) {
    return new SelfMadeOptions(
        namespace, secret, names, configurations, clientAuthority, others, refreshEvery, clock);
  }

  /** The same by another clock. */
  public SelfMadeOptions clock(InstantSource other) {
    return new SelfMadeOptions(
        namespace, secret, names, configurations, clientAuthority, lifetimes, refreshEvery, other);
  }
}
