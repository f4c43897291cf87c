package dev.freshet.testkit.binaries;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The two programs of a control plane, both there and executable when found by {@link
 * BinarySearch}.
 *
 * @param etcd the etcd server
 * @param kubeApiserver the Kubernetes API server
 */
public record Binaries(Path etcd, Path kubeApiserver) {
  /** The version of etcd that is built. */
  public static final String ETCD_VERSION = "v3.7.3";

  /** The version of Kubernetes that is built. */
  public static final String KUBERNETES_VERSION = "v1.37.2";

  static final String ETCD = "etcd";
  static final String KUBE_APISERVER = "kube-apiserver";

  /** The programs in {@code directory}, when it holds both. */
  static Optional<Binaries> in(Path directory) {
    return missingFrom(directory).isEmpty()
        ? Optional.of(new Binaries(directory.resolve(ETCD), directory.resolve(KUBE_APISERVER)))
        : Optional.empty();
  }

  /** The names of the programs that {@code directory} lacks. */
  static List<String> missingFrom(Path directory) {
    return List.of(ETCD, KUBE_APISERVER).stream()
        .filter(name -> !runnable(directory.resolve(name)))
        .toList();
  }

  private static boolean runnable(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }
}
