package dev.freshet.cli;

import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.internal.KubeConfigUtils;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The namespace that commands use unless told otherwise, by kubectl's rule: that of the context,
 * else inside a Pod its own, else {@code default}. Says nothing of broken files: connecting does.
 */
final class ContextNamespace {

  private static final String FALLBACK = "default";
  private static final Path POD_NAMESPACE =
      Path.of("/var/run/secrets/kubernetes.io/serviceaccount/namespace");

  private ContextNamespace() {}

  static String of(
      Optional<Path> kubeconfig, Optional<String> context, Map<String, String> environment) {
    List<Config> configs =
        files(kubeconfig, environment).stream()
            .filter(Files::isReadable)
            .map(file -> KubeConfigUtils.parseConfig(file.toFile()))
            .toList();
    if (configs.isEmpty()) {
      return pod().orElse(FALLBACK);
    }
    return context
        .or(
            () ->
                configs.stream()
                    .map(Config::getCurrentContext)
                    .filter(ContextNamespace::isText)
                    .findFirst())
        .flatMap(name -> namespace(configs, name))
        .orElse(FALLBACK);
  }

  private static List<Path> files(Optional<Path> kubeconfig, Map<String, String> environment) {
    if (kubeconfig.isPresent()) {
      return List.of(kubeconfig.get());
    }
    String listed = environment.getOrDefault("KUBECONFIG", "");
    if (!listed.isBlank()) {
      return Arrays.stream(listed.split(File.pathSeparator, -1))
          .filter(name -> !name.isBlank())
          .map(Path::of)
          .toList();
    }
    return List.of(Path.of(System.getProperty("user.home", "."), ".kube", "config"));
  }

  /** The first file to name a context wins. */
  private static Optional<String> namespace(List<Config> configs, String context) {
    return configs.stream()
        .flatMap(config -> config.getContexts().stream())
        .filter(named -> context.equals(named.getName()) && named.getContext() != null)
        .findFirst()
        .map(NamedContext::getContext)
        .flatMap(found -> Optional.ofNullable(found.getNamespace()))
        .filter(ContextNamespace::isText);
  }

  private static boolean isText(@Nullable String text) {
    return text != null && !text.isBlank();
  }

  private static Optional<String> pod() {
    try {
      return Optional.of(Files.readString(POD_NAMESPACE).strip()).filter(ContextNamespace::isText);
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
