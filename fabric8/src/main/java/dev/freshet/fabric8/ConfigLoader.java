package dev.freshet.fabric8;

import dev.freshet.error.ConfigurationException;
import dev.freshet.fabric8.Kubeconfig.Selected;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.KubeConfigUtils;
import io.fabric8.kubernetes.client.utils.Utils;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the cluster as kubectl does: the file asked for, else those of {@code KUBECONFIG}, else
 * {@code ~/.kube/config}, else the service account of the Pod we run in.
 *
 * <p>Where nothing is found it says so; fabric8 would go on with a default address. Thread-safe.
 */
final class ConfigLoader {

  private final Map<String, String> environment;
  private final Path home;
  private final Path token;

  /**
   * @param environment environment variables
   * @param home the user's home directory
   * @param token the Pod's token, with {@code ca.crt} and {@code namespace} beside it
   */
  ConfigLoader(Map<String, String> environment, Path home, Path token) {
    this.environment = Map.copyOf(environment);
    this.home = home;
    this.token = token;
  }

  /** The one of this process. */
  static ConfigLoader ofProcess() {
    return new ConfigLoader(
        System.getenv(), Path.of(System.getProperty("user.home", ".")), serviceAccountToken());
  }

  /** Where a Pod's token lies, by fabric8's own property or the usual path. */
  static Path serviceAccountToken() {
    return Path.of(
        Utils.getSystemPropertyOrEnvVar(
            Config.KUBERNETES_AUTH_SERVICEACCOUNT_TOKEN_FILE_SYSTEM_PROPERTY,
            Config.KUBERNETES_SERVICE_ACCOUNT_TOKEN_PATH));
  }

  /**
   * Loads a configuration; runs no program and asks nobody.
   *
   * @param kubeconfig the only file to read, if given
   * @param context the context to use; the current one if empty
   * @throws ConfigurationException if there is no configuration, or it is malformed or incomplete
   */
  Config load(Optional<Path> kubeconfig, Optional<String> context) {
    if (kubeconfig.isPresent()) {
      return fromFiles(List.of(kubeconfig.get()), context);
    }
    @Nullable String listed = environment.get("KUBECONFIG");
    if (listed != null && !listed.isBlank()) {
      List<Path> named =
          Arrays.stream(listed.split(File.pathSeparator, -1))
              .filter(name -> !name.isBlank())
              .map(Path::of)
              .toList();
      List<Path> present = named.stream().filter(Files::exists).toList();
      if (present.isEmpty()) {
        throw new ConfigurationException(
            "KUBECONFIG names no file that exists: " + listed, "Correct or unset KUBECONFIG");
      }
      return fromFiles(present, context);
    }
    Path usual = home.resolve(".kube").resolve("config");
    if (Files.exists(usual)) {
      return fromFiles(List.of(usual), context);
    }
    if (context.isPresent()) {
      throw new ConfigurationException(
          "context \"" + context.get() + "\" was asked for, but there is no kubeconfig",
          "Name one with --kubeconfig or KUBECONFIG, or create " + usual);
    }
    return inCluster()
        .orElseThrow(
            () ->
                new ConfigurationException(
                    "there is no kubeconfig at " + usual + ", and this is not a Pod",
                    "Name one with --kubeconfig or KUBECONFIG."));
  }

  private Config fromFiles(List<Path> files, Optional<String> context) {
    Kubeconfig kubeconfig = Kubeconfig.read(files);
    Selected selected = kubeconfig.select(context);
    @Nullable String server = selected.cluster().value().getServer();
    boolean complete =
        server != null && (server.startsWith("https://") || server.startsWith("http://"));
    if (!complete) {
      throw new ConfigurationException(
          "the cluster of context \""
              + selected.name()
              + "\" has no server that begins with https://",
          "Correct the cluster's server in " + selected.cluster().file());
    }
    Config config = Config.empty();
    KubeConfigUtils.merge(config, selected.name(), kubeconfig.forMerge());
    proxies(config, server, Optional.ofNullable(selected.cluster().value().getProxyUrl()));
    return config;
  }

  // fabric8 files a kubeconfig's proxy-url under the proxy's scheme, where it goes unused.
  private void proxies(Config config, String server, Optional<String> proxyUrl) {
    boolean tls = server.startsWith("https:");
    Optional<String> proxy =
        proxyUrl
            .filter(url -> !url.isEmpty())
            .or(() -> variable(tls ? "HTTPS_PROXY" : "HTTP_PROXY"))
            .or(() -> variable("ALL_PROXY"));
    config.setHttpProxy(tls ? null : proxy.orElse(null));
    config.setHttpsProxy(tls ? proxy.orElse(null) : null);
    variable("NO_PROXY").ifPresent(exempt -> config.setNoProxy(exempt.split(",")));
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name))
        .or(() -> Optional.ofNullable(environment.get(name.toLowerCase(Locale.ROOT))))
        .filter(value -> !value.isBlank());
  }

  private Optional<Config> inCluster() {
    @Nullable String host = environment.get("KUBERNETES_SERVICE_HOST");
    String port = environment.getOrDefault("KUBERNETES_SERVICE_PORT", "443");
    if (host == null || host.isEmpty() || !Files.exists(token)) {
      return Optional.empty();
    }
    Config config = Config.empty();
    config.setMasterUrl("https://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port);
    config.setCaCertFile(token.resolveSibling("ca.crt").toString());
    config.setAutoOAuthToken(text(token));
    Path namespace = token.resolveSibling("namespace");
    if (Files.exists(namespace)) {
      config.setNamespace(text(namespace));
    }
    return Optional.of(config);
  }

  private static String text(Path file) {
    return new String(Pem.readFile(file), StandardCharsets.UTF_8).strip();
  }
}
