package dev.freshet.fabric8;

import dev.freshet.fabric8.Kubeconfig.Entry;
import dev.freshet.fabric8.Kubeconfig.Selected;
import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.AuthProviderConfig;
import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.client.Config;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@link AccessSettings} out of a fabric8 {@code Config}, as often as asked.
 *
 * <p>If the {@code Config} came from kubeconfig files and says what they say, the files are
 * followed from then on. If a program has changed the user or the authority in it, the program's
 * settings stand, and only the token, key and certificate files that they name are followed.
 *
 * <p>fabric8 reads {@code tokenFile} and {@code as} of a kubeconfig nowhere, and a service
 * account's token once; here all are followed. Thread-safe, for the {@code Config} is only read.
 */
final class AccessSource {

  private final Config config;
  private final List<Path> kubeconfigs;
  private final Optional<Path> serviceAccountToken;
  private final boolean userFollowed;
  private final boolean clusterFollowed;
  private volatile @Nullable Kubeconfig last;

  /**
   * @param tokenFile where the Pod's service account has its token, if we run in a Pod
   * @throws dev.freshet.error.ConfigurationException if the kubeconfig that {@code config} was made
   *     from cannot be read any more
   */
  AccessSource(Config config, Path tokenFile) {
    this.config = config;
    this.serviceAccountToken = Optional.of(tokenFile).filter(file -> holdsToken(config, file));
    this.kubeconfigs = kubeconfigs(config);
    Optional<Selected> now = selected();
    this.userFollowed = now.filter(s -> sameUser(config, s.user())).isPresent();
    this.clusterFollowed = now.filter(s -> sameAuthority(config, s.cluster())).isPresent();
  }

  /**
   * The settings as they are now.
   *
   * @throws dev.freshet.error.ConfigurationException if a followed file is malformed or no longer
   *     holds the context
   */
  AccessSettings read() {
    Optional<Selected> now = userFollowed || clusterFollowed ? selected() : Optional.empty();
    Optional<Entry<AuthInfo>> user = now.filter(s -> userFollowed).map(Selected::user);
    Optional<Entry<Cluster>> cluster = now.filter(s -> clusterFollowed).map(Selected::cluster);
    var headers = new LinkedHashMap<String, List<String>>();
    if (config.getCustomHeaders() != null) {
      config.getCustomHeaders().forEach((name, value) -> headers.put(name, List.of(value)));
    }
    headers.putAll(Impersonation.headers(config, user.map(Entry::value)));
    return new AccessSettings(
        explicit(config)
            .or(() -> now.filter(s -> userFollowed).flatMap(AccessSource::ofKubeconfig))
            .orElseGet(this::ofConfig),
        headers,
        tls(user, cluster),
        now.isPresent() ? kubeconfigs : List.of());
  }

  private Optional<Selected> selected() {
    if (kubeconfigs.isEmpty()) {
      return Optional.empty();
    }
    Kubeconfig before = last;
    Kubeconfig now = before == null ? Kubeconfig.read(kubeconfigs) : before.reread();
    last = now;
    return Optional.of(now.select(Optional.of(config.getCurrentContext().getName())));
  }

  private static List<Path> kubeconfigs(Config config) {
    if (config.getCurrentContext() == null) {
      return List.of();
    }
    var files = new LinkedHashSet<Path>();
    Stream.of(config.getFile(), config.getFileWithCluster(), config.getFileWithAuthInfo())
        .filter(Objects::nonNull)
        .map(File::toPath)
        .forEach(files::add);
    return List.copyOf(files);
  }

  private static boolean sameUser(Config config, Entry<AuthInfo> entry) {
    AuthInfo user = entry.value();
    boolean ownKeys = user.getExec() == null;
    return same(user.getUsername(), config.getUsername())
        && same(user.getPassword(), config.getPassword())
        && (blank(user.getToken()) || same(user.getToken(), config.getAutoOAuthToken()))
        && (!ownKeys || same(user.getClientCertificateData(), config.getClientCertData()))
        && (!ownKeys || same(user.getClientKeyData(), config.getClientKeyData()))
        && same(entry.resolve(user.getClientCertificate()), config.getClientCertFile())
        && same(entry.resolve(user.getClientKey()), config.getClientKeyFile());
  }

  private static boolean sameAuthority(Config config, Entry<Cluster> entry) {
    Cluster cluster = entry.value();
    return same(cluster.getCertificateAuthorityData(), config.getCaCertData())
        && same(entry.resolve(cluster.getCertificateAuthority()), config.getCaCertFile());
  }

  private static boolean same(@Nullable String one, @Nullable String other) {
    return Objects.requireNonNullElse(one, "").equals(Objects.requireNonNullElse(other, ""));
  }

  private static boolean blank(@Nullable String text) {
    return text == null || text.isEmpty();
  }

  /** What a program set by hand: it wins over any file. */
  private static Optional<Authentication> explicit(Config config) {
    if (config.getOauthTokenProvider() != null) {
      return Optional.of(new Authentication.Provider(config.getOauthTokenProvider()));
    }
    return blank(config.getOauthToken())
        ? Optional.empty()
        : Optional.of(new Authentication.Token(config.getOauthToken()));
  }

  private static Optional<Authentication> ofKubeconfig(Selected now) {
    AuthInfo user = now.user().value();
    @Nullable String tokenFile = now.user().resolve(user.getTokenFile());
    if (tokenFile != null) {
      return Optional.of(new Authentication.TokenFile(Path.of(tokenFile)));
    }
    if (!blank(user.getToken())) {
      return Optional.of(new Authentication.Token(user.getToken()));
    }
    if (user.getExec() != null) {
      return Optional.of(new ExecPlugin(user.getExec(), now.user().file()));
    }
    if (isOidc(user.getAuthProvider())) {
      var store = new KubeconfigTokens(now.user().file(), now.context().getUser());
      return Optional.of(new OidcTokens(user.getAuthProvider().getConfig(), store));
    }
    return Optional.empty();
  }

  private static boolean isOidc(@Nullable AuthProviderConfig provider) {
    return provider != null
        && "oidc".equalsIgnoreCase(provider.getName())
        && provider.getConfig() != null;
  }

  private Authentication ofConfig() {
    if (!blank(config.getUsername()) && !blank(config.getPassword())) {
      return new Authentication.Basic(config.getUsername(), config.getPassword());
    }
    @Nullable String token = config.getAutoOAuthToken();
    if (!blank(token)) {
      return serviceAccountToken
          .<Authentication>map(Authentication.TokenFile::new)
          .orElseGet(() -> new Authentication.Token(token));
    }
    if (isOidc(config.getAuthProvider())) {
      return new OidcTokens(config.getAuthProvider().getConfig(), tokens -> {});
    }
    return new Authentication.CertificateOnly();
  }

  // fabric8 reads the service account's token once and does not say where from.
  private static boolean holdsToken(Config config, Path file) {
    @Nullable String token = config.getAutoOAuthToken();
    return token != null
        && Files.isReadable(file)
        && new String(Pem.readFile(file), StandardCharsets.UTF_8).strip().equals(token.strip());
  }

  private TlsSettings tls(Optional<Entry<AuthInfo>> user, Optional<Entry<Cluster>> cluster) {
    Optional<Pem> certificate =
        user.isPresent()
            ? user.flatMap(
                u ->
                    Pem.of(
                        u.value().getClientCertificateData(),
                        u.resolve(u.value().getClientCertificate())))
            : Pem.of(config.getClientCertData(), config.getClientCertFile());
    Optional<Pem> key =
        user.isPresent()
            ? user.flatMap(
                u -> Pem.of(u.value().getClientKeyData(), u.resolve(u.value().getClientKey())))
            : Pem.of(config.getClientKeyData(), config.getClientKeyFile());
    Optional<Pem> authority =
        cluster.isPresent()
            ? cluster.flatMap(
                c ->
                    Pem.of(
                        c.value().getCertificateAuthorityData(),
                        c.resolve(c.value().getCertificateAuthority())))
            : Pem.of(config.getCaCertData(), config.getCaCertFile());
    return new TlsSettings(
        certificate, key, authority, config.isTrustCerts(), config.isDisableHostnameVerification());
  }
}
