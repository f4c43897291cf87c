package dev.freshet.fabric8;

import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.api.model.NamedAuthInfo;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.internal.KubeConfigUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes new OpenID Connect tokens into the kubeconfig that the old ones came from, as kubectl
 * does.
 *
 * <p>The file is replaced in one step, so that no reader sees half of it. A failure is logged and
 * otherwise ignored: the tokens still work in this process.
 *
 * @param file the kubeconfig
 * @param user whose tokens they are
 */
record KubeconfigTokens(Path file, String user) implements OidcTokens.TokenStore {

  private static final Logger LOG = LoggerFactory.getLogger(KubeconfigTokens.class);

  @Override
  public void keep(Map<String, String> tokens) {
    try {
      Path real = file.toRealPath();
      Config config = KubeConfigUtils.parseConfig(real.toFile());
      for (NamedAuthInfo entry : config.getUsers()) {
        if (user.equals(entry.getName()) && entry.getUser().getAuthProvider() != null) {
          entry.getUser().getAuthProvider().getConfig().putAll(tokens);
        }
      }
      replace(real, config);
    } catch (IOException | KubernetesClientException e) {
      // The type only: a parser's message may quote the file.
      LOG.warn(
          "New tokens could not be written to {} ({}); they are used in this process only",
          file,
          e.getClass().getSimpleName());
    }
  }

  private static void replace(Path real, Config config) throws IOException {
    // Made readable for the owner alone.
    Path next = Files.createTempFile(real.toAbsolutePath().getParent(), ".kubeconfig", ".tmp");
    try {
      KubeConfigUtils.persistKubeConfigIntoFile(config, next.toFile());
      var view = Files.getFileAttributeView(real, PosixFileAttributeView.class);
      if (view != null) {
        Files.setPosixFilePermissions(next, view.readAttributes().permissions());
      }
      Files.move(next, real, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(next);
    }
  }
}
