package dev.freshet.testkit.controlplane;

import dev.freshet.testkit.process.RecordedProcess;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * A control plane that runs on its own, as it is written down.
 *
 * @param kubeconfig the administrator's kubeconfig
 * @param testKubeconfig the kubeconfig of {@link User#TEST}
 * @param servers where the API servers listen
 * @param etcd where etcd listens
 * @param directory its files, with a log of each process
 * @param processes what has to be ended, in this order
 */
public record RunningControlPlane(
    Path kubeconfig,
    Path testKubeconfig,
    List<URI> servers,
    URI etcd,
    Path directory,
    List<RecordedProcess> processes) {
  public RunningControlPlane {
    servers = List.copyOf(servers);
    processes = List.copyOf(processes);
  }
}
