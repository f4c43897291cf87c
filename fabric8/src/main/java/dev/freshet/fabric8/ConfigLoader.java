package dev.freshet.fabric8;

import io.fabric8.kubernetes.client.Config;
import java.nio.file.Path;
import java.util.Optional;

/** Loads kubectl's configuration. */
final class ConfigLoader {
  private ConfigLoader() {}

  static Config load(Optional<Path> kubeconfig, Optional<String> context) {
    return kubeconfig
        .map(file -> Config.fromKubeconfig(file.toFile()))
        .orElseGet(() -> Config.autoConfigure(context.orElse(null)));
  }
}
