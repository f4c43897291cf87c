package dev.freshet.fabric8;

import dev.freshet.error.ConfigurationException;
import dev.freshet.error.DeadlineException;
import dev.freshet.fabric8.Authentication.Proof;
import dev.freshet.transport.Credentials;
import dev.freshet.transport.Identity;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Credentials out of a fabric8 {@code Config} that follow rotation without a restart.
 *
 * <ul>
 *   <li>Files (tokens, certificates, keys, authorities, kubeconfigs) are looked at at most once in
 *       {@link #CHECK_EVERY}, and read again when they have changed.
 *   <li>What cannot be read, or does not fit together, changes nothing: the old identity stays, and
 *       the next check tries again.
 *   <li>Credential plugins and OpenID Connect issuers are asked when first needed, when their
 *       answer has expired, and after a 401; by one thread for all, at most once in {@link
 *       #RENEW_EVERY}.
 * </ul>
 *
 * <p>Thread-safe. A look at the files is done by one of the callers; the others go on with what is
 * there.
 */
final class Fabric8Credentials implements Credentials {

  /** How often files are looked at, at most. */
  static final Duration CHECK_EVERY = Duration.ofSeconds(5);

  /** How often a plugin or issuer is asked, at most. */
  static final Duration RENEW_EVERY = Duration.ofSeconds(10);

  /** How long a caller waits for another who is asking a plugin or issuer. */
  static final Duration SHARED_WAIT = ExecPlugin.RUN_WITHIN.plusSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(Fabric8Credentials.class);

  private final Supplier<AccessSettings> source;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable State state;
  private volatile Instant nextCheck = Instant.MIN;

  // Under the lock.
  private Instant nextRenewal = Instant.MIN;
  private @Nullable ConfigurationException failure;

  /** One consistent reading. */
  private record State(
      AccessSettings settings,
      Map<Path, FileStamp> stamps,
      Proof proof,
      TlsKeys tls,
      Identity identity) {

    boolean expiredAt(Instant now) {
      return settings.authentication().renewable()
          && proof.expires().filter(end -> !now.isBefore(end)).isPresent();
    }

    /** True if a program's own source of tokens has another one now. */
    boolean isStale() {
      Authentication how = settings.authentication();
      return how.live() && !how.obtain(false).authorization().equals(proof.authorization());
    }
  }

  /**
   * @param source reads the settings; called again when a kubeconfig was rewritten
   * @throws ConfigurationException if the settings, or files they name, cannot be read
   */
  Fabric8Credentials(Supplier<AccessSettings> source, InstantSource clock) {
    this.source = source;
    this.clock = clock;
    AccessSettings settings = source.get();
    if (settings.authentication().renewable()) {
      TlsKeys.read(settings.tls());
    } else {
      // Nobody needs to be asked, so what is read for the check is the first identity, too.
      state = read(null, false, clock.instant());
    }
  }

  @Override
  public Identity current() {
    State now = state;
    if (now == null) {
      return first();
    }
    Instant time = clock.instant();
    boolean look = isDue(time) || now.expiredAt(time) || now.isStale();
    if (look && lock.tryLock()) {
      try {
        refresh(Objects.requireNonNull(state), time);
      } finally {
        lock.unlock();
      }
    }
    return Objects.requireNonNull(state).identity();
  }

  private Identity first() {
    acquire();
    try {
      State now = state;
      if (now == null) {
        Instant time = clock.instant();
        ConfigurationException failed = failure;
        if (failed != null && time.isBefore(nextRenewal)) {
          throw new ConfigurationException(failed.problem(), failed.remedy());
        }
        now = read(null, false, time);
        state = now;
        if (now.expiredAt(time)) {
          // A token in a kubeconfig was read, nobody was asked yet: the limit does not apply.
          replace(now, true, time);
        }
      }
      return Objects.requireNonNull(state).identity();
    } catch (ConfigurationException e) {
      failure = e;
      throw e;
    } finally {
      lock.unlock();
    }
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // Another object is a later identity.
  public boolean renew(Identity refused) {
    acquire();
    try {
      State now = state;
      if (now == null || now.identity() != refused) {
        return now != null;
      }
      Instant time = clock.instant();
      nextCheck = Instant.MIN;
      refresh(now, time);
      now = Objects.requireNonNull(state);
      if (now.identity() == refused && mayRenew(now, time)) {
        replace(now, true, time);
      }
      return Objects.requireNonNull(state).identity() != refused;
    } finally {
      lock.unlock();
    }
  }

  private void acquire() {
    long start = System.nanoTime();
    String interrupted = "";
    try {
      if (lock.tryLock(SHARED_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      interrupted = ", until the waiting thread was interrupted";
    }
    throw new DeadlineException(
        "another thread to obtain credentials" + interrupted,
        Duration.ofNanos(System.nanoTime() - start),
        "Look at the credential plugin or the OpenID Connect issuer.");
  }

  // Also when the clock was set back.
  private boolean isDue(Instant time) {
    Instant due = nextCheck;
    return !time.isBefore(due) || time.isBefore(due.minus(CHECK_EVERY));
  }

  private boolean mayRenew(State now, Instant time) {
    return now.settings().authentication().renewable()
        && (!time.isBefore(nextRenewal) || time.isBefore(nextRenewal.minus(RENEW_EVERY)));
  }

  /** Looks at the files and the expiry; holds the lock. */
  private void refresh(State now, Instant time) {
    if (isDue(time)) {
      nextCheck = time.plus(CHECK_EVERY);
      if (!FileStamp.of(now.settings().files()).equals(now.stamps())) {
        replace(now, false, time);
      }
    }
    State next = Objects.requireNonNull(state);
    if (next.isStale() || (next.expiredAt(time) && mayRenew(next, time))) {
      replace(next, true, time);
    }
  }

  private void replace(State now, boolean afresh, Instant time) {
    try {
      state = read(now, afresh, time);
      failure = null;
    } catch (ConfigurationException e) {
      if (failure == null || !failure.problem().equals(e.problem())) {
        LOG.warn("The credentials in use are kept: {}", e.getMessage());
      }
      failure = e;
    }
  }

  private State read(@Nullable State old, boolean afresh, Instant time) {
    // Stamped between two readings: a change after the first is then seen by the next check.
    Map<Path, FileStamp> stamps = FileStamp.of(source.get().files());
    AccessSettings settings = source.get();
    Authentication authentication = settings.authentication();
    @Nullable Proof proof = null;
    if (old != null && old.settings().authentication().equals(authentication)) {
      // The old one has the issuer's latest answer, which may not be in the file.
      authentication = old.settings().authentication();
      settings = settings.with(authentication);
      proof = authentication.renewable() && !afresh ? old.proof() : null;
    }
    if (proof == null) {
      nextRenewal = authentication.renewable() ? time.plus(RENEW_EVERY) : nextRenewal;
      proof = authentication.obtain(afresh);
    }
    TlsKeys tls = TlsKeys.read(settings.tlsWith(proof));
    if (old != null && old.tls().equals(tls)) {
      tls = old.tls();
    }
    return new State(settings, stamps, proof, tls, identity(old, settings, proof, tls));
  }

  private static Identity identity(
      @Nullable State old, AccessSettings settings, Proof proof, TlsKeys tls) {
    var headers = new LinkedHashMap<>(settings.headers());
    proof.authorization().ifPresent(value -> headers.put("Authorization", List.of(value)));
    var identity = new Identity(headers, tls.context());
    return old != null && old.identity().equals(identity) ? old.identity() : identity;
  }

  /** The TLS keys of the identity in use. */
  TlsKeys tls() {
    current();
    return Objects.requireNonNull(state).tls();
  }

  @Override
  public String toString() {
    return "Fabric8Credentials[]";
  }
}
