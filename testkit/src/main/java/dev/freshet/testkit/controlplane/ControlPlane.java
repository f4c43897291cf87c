package dev.freshet.testkit.controlplane;

import dev.freshet.testkit.TestkitException;
import dev.freshet.testkit.binaries.Binaries;
import dev.freshet.testkit.process.RecordedProcess;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A running etcd with one or more kube-apiservers over it, on 127.0.0.1 only, for as long as this
 * object is open.
 *
 * <p>Ready in a few seconds once the programs are there. Clients verify TLS against its own
 * authority; users are known by client certificates and authorized by RBAC. There are no
 * controllers, no scheduler and no kubelet: namespaces stay Terminating, Pods are bound by {@code
 * nodeName}, and a Pod goes at once only with a grace period of 0. Nothing is left behind when it
 * is closed or when the JVM ends, by SIGKILL too. Thread-safe.
 */
public final class ControlPlane implements AutoCloseable {
  private static final int MAX_PORT_CLASHES = 4;

  private final Processes processes;
  private final Access access;

  private ControlPlane(Processes processes, Access access) {
    this.processes = processes;
    this.access = access;
  }

  /** Starts one with {@link ControlPlaneOptions#standard()}. */
  public static ControlPlane start() {
    return start(ControlPlaneOptions.standard());
  }

  /**
   * Starts one and waits until it is ready and {@link User#TEST} has its rights.
   *
   * @throws dev.freshet.testkit.binaries.MissingBinariesException when there are no programs
   * @throws StartException when a process dies or is not ready in time
   */
  public static ControlPlane start(ControlPlaneOptions options) {
    Binaries binaries = options.binaries().find();
    try {
      return startIn(Files.createTempDirectory("freshet-control-plane-"), binaries, options);
    } catch (IOException e) {
      throw new TestkitException("Cannot create a temporary directory: " + e.getMessage(), e);
    }
  }

  /** Starts one that works in {@code directory} and removes it at the end. */
  static ControlPlane startIn(Path directory, Binaries binaries, ControlPlaneOptions options) {
    for (int clashes = 0; ; clashes++) {
      try {
        return attempt(binaries, directory, options);
      } catch (ProcessDiedException e) {
        if (!e.portTaken() || clashes == MAX_PORT_CLASHES) {
          throw e;
        }
      }
    }
  }

  private static ControlPlane attempt(
      Binaries binaries, Path directory, ControlPlaneOptions options) {
    var authority = new CertificateAuthority();
    Processes processes = Processes.prepare(binaries, authority, directory, options);
    var access = new Access(authority, processes.uris(), directory);
    var plane = new ControlPlane(processes, access);
    try {
      processes.start();
      plane.grant(User.TEST, TestRole.RULES.toArray(Rule[]::new));
      return plane;
    } catch (RuntimeException e) {
      plane.close();
      throw e;
    }
  }

  /** How many API servers there are, running or not. */
  public int servers() {
    return processes.servers().size();
  }

  /** An API server, counted from 0. */
  public Server server(int index) {
    return processes.servers().get(index);
  }

  /** The etcd under all API servers; its URI is plain HTTP. */
  public Server etcd() {
    return processes.etcd();
  }

  /**
   * Copies what etcd holds now. It is paused for that, for some 100 ms, so clients notice nothing.
   */
  public EtcdBackup backUpEtcd() {
    return processes.backUpEtcd();
  }

  /**
   * Puts a backup in the place of what etcd holds now, and waits until etcd is ready. What was
   * written since is lost, and its versions will be given out a second time. The API servers are
   * left alone and keep answering from memory of the lost history; to restore as an administrator
   * should, {@link Server#stop} them before this and {@link Server#start} them after it.
   *
   * @throws StartException when etcd does not come back
   */
  public void restoreEtcd(EtcdBackup backup) {
    processes.restoreEtcd(backup);
  }

  /** A client configuration for a user at the first API server. */
  public Config config(User user) {
    return config(user, 0);
  }

  /** A client configuration for a user at one API server. It never repeats a request by itself. */
  public Config config(User user, int server) {
    return access.config(user, server);
  }

  /** A client of a user at the first API server; shared, and closed with the control plane. */
  public KubernetesClient client(User user) {
    return client(user, 0);
  }

  /** A client of a user at one API server; shared, and closed with the control plane. */
  public KubernetesClient client(User user, int server) {
    return access.client(user, server);
  }

  /**
   * Writes a kubeconfig for a user; the file goes when the control plane does. Its context {@code
   * freshet} is the first API server, {@code freshet-1} the second, and so on.
   */
  public Path kubeconfig(User user) {
    return access.kubeconfig(user);
  }

  /**
   * Gives a user exactly these rights, in place of any given before, and waits until every API
   * server knows them; all must run.
   */
  public User grant(User user, Rule... rules) {
    Grants.give(
        IntStream.range(0, servers()).mapToObj(i -> client(User.ADMIN, i)).toList(),
        user,
        List.of(rules));
    return user;
  }

  /** Ends all processes, kills those that take longer than 3 s, removes all files; idempotent. */
  @Override
  public void close() {
    access.close();
    processes.close();
  }

  /** What another JVM needs to end this control plane. */
  List<RecordedProcess> recorded() {
    return processes.recorded();
  }

  /** Lets the processes live on after this JVM; the caller now answers for them. */
  void detach() {
    access.close();
    processes.detach();
  }
}
