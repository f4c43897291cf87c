package dev.freshet.fabric8;

import dev.freshet.error.ConfigurationException;
import io.fabric8.kubernetes.client.OAuthTokenProvider;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One way to prove who we are. Implementations never show a secret in {@code toString()}. */
interface Authentication {

  /**
   * What is shown to the server.
   *
   * @param authorization the Authorization header, if any
   * @param certificate our certificate and key, where this way brings its own
   * @param expires when it stops to work, if known
   */
  record Proof(
      Optional<String> authorization,
      Optional<Pem> certificate,
      Optional<Pem> key,
      Optional<Instant> expires) {

    static Proof bearer(String token) {
      return new Proof(
          Optional.of("Bearer " + token), Optional.empty(), Optional.empty(), Optional.empty());
    }

    @Override
    public String toString() {
      return "Proof[expires=" + expires + "]";
    }
  }

  /**
   * Obtains a proof; may run a program or ask an issuer, within a bound.
   *
   * @param afresh true when the server refused the last one
   * @throws ConfigurationException if that fails
   */
  Proof obtain(boolean afresh);

  /** Files whose change means that the proof must be obtained again. */
  default List<Path> files() {
    return List.of();
  }

  /** True if obtaining again can bring another proof though no file has changed. */
  default boolean renewable() {
    return false;
  }

  /** True if obtaining is cheap and the answer may change at any time. */
  default boolean live() {
    return false;
  }

  /** Nothing but perhaps a client certificate. */
  record CertificateOnly() implements Authentication {
    @Override
    public Proof obtain(boolean afresh) {
      return new Proof(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
  }

  /** A token that was written down; or one that fabric8 obtained, when we cannot obtain another. */
  record Token(String token) implements Authentication {
    @Override
    public Proof obtain(boolean afresh) {
      return Proof.bearer(token.strip());
    }

    @Override
    public String toString() {
      return "Token[]";
    }
  }

  /** A token in a file that may be swapped, as the kubelet does with service account tokens. */
  record TokenFile(Path path) implements Authentication {
    @Override
    public Proof obtain(boolean afresh) {
      String token = new String(Pem.readFile(path), StandardCharsets.UTF_8).strip();
      if (token.isEmpty()) {
        throw new ConfigurationException(path + " holds no token", "Write the token again");
      }
      return Proof.bearer(token);
    }

    @Override
    public List<Path> files() {
      return List.of(path);
    }
  }

  /** A function of the user's program; asked before every request. */
  record Provider(OAuthTokenProvider provider) implements Authentication {
    @Override
    public Proof obtain(boolean afresh) {
      @Nullable String token;
      try {
        token = provider.getToken();
      } catch (RuntimeException e) {
        // Not as the cause: what a program says here may hold the token.
        throw new ConfigurationException(
            "the program's OAuthTokenProvider failed (" + e.getClass().getSimpleName() + ")",
            "Correct the provider that was set in the fabric8 Config.");
      }
      return token == null ? new CertificateOnly().obtain(afresh) : Proof.bearer(token);
    }

    @Override
    public boolean renewable() {
      return true;
    }

    @Override
    public boolean live() {
      return true;
    }

    @Override
    public String toString() {
      return "Provider[]";
    }
  }

  /** User name and password. */
  record Basic(String user, String password) implements Authentication {
    @Override
    public Proof obtain(boolean afresh) {
      byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
      return new Proof(
          Optional.of("Basic " + Base64.getEncoder().encodeToString(both)),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }

    @Override
    public String toString() {
      return "Basic[]";
    }
  }
}
