package dev.freshet.bench.contest;

import dev.freshet.testkit.Progress;
import dev.freshet.testkit.TestkitException;
import dev.freshet.testkit.controlplane.ControlPlane;
import dev.freshet.testkit.controlplane.ControlPlaneOptions;
import dev.freshet.testkit.controlplane.User;
import dev.freshet.testkit.fault.FaultProxy;
import dev.freshet.testkit.workload.Churn;
import dev.freshet.testkit.workload.ChurnObserver;
import dev.freshet.testkit.workload.ChurnOptions;
import dev.freshet.testkit.workload.Elsewhere;
import dev.freshet.testkit.workload.Population;
import dev.freshet.testkit.workload.Variety;
import dev.freshet.testkit.workload.Workload;
import dev.freshet.testkit.workload.WorkloadSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** A control plane with all Pods of a workload, the ways to it, and who writes to it. */
final class Arena implements AutoCloseable {
  /** The shares of the Pods that lists match, in percent, by the label that selects them. */
  static final Map<Integer, String> MARKS =
      new TreeMap<>(Map.of(4, "bench/few", 50, "bench/half", 96, "bench/most"));

  /** The label of the largest of them. */
  static final String MOST = "bench/most";

  /** The label of the Pods that many readers at once list: 384 of 20,000. */
  static final String CROWD = "bench/crowd";

  private static final double CROWD_SHARE = 0.0192;

  /** A machine that is busy otherwise is no place to measure, but one to try this out. */
  private static final Duration READY_WITHIN = Duration.ofMinutes(5);

  private static final double PERCENT = 100;

  /** Writers end when they are closed. */
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private static final int ELSEWHERE_PER_SECOND = 40;

  private final ControlPlane plane;
  private final Population population;
  private final Path kubeconfig;
  private int directories;

  private Arena(ControlPlane plane, Population population) {
    this.plane = plane;
    this.population = population;
    this.kubeconfig = plane.kubeconfig(User.TEST);
  }

  static Arena open(Variety variety, int pods, Progress progress) {
    Map<String, Double> marks = new TreeMap<>(Map.of(CROWD, CROWD_SHARE));
    MARKS.forEach((percent, label) -> marks.put(label, percent / PERCENT));
    var spec = WorkloadSpec.of(pods).variety(variety).marks(marks);
    ControlPlane plane =
        ControlPlane.start(ControlPlaneOptions.standard().readyWithin(READY_WITHIN));
    try {
      return new Arena(plane, new Workload(spec).create(plane.config(User.TEST), progress));
    } catch (RuntimeException e) {
      plane.close();
      throw e;
    }
  }

  /** Straight to the server. */
  Path kubeconfig() {
    return kubeconfig;
  }

  /** The path of a directory that is not there yet, each time another; gone when this is closed. */
  Path emptyDirectory() {
    directories++;
    return kubeconfig.resolveSibling("saved-" + directories);
  }

  /** A client of our own; closed with this. */
  KubernetesClient client() {
    return plane.client(User.TEST);
  }

  /** Writes statuses of Pods until it is closed; their number stays. */
  Churn updates(double perSecond, ChurnObserver observer) {
    var options = ChurnOptions.of(perSecond, LONGEST).replaceShare(0).labelShare(0);
    return Churn.start(plane.config(User.TEST), population, options, observer);
  }

  /** Writes another kind until it is closed. */
  Elsewhere elsewhere() {
    return Elsewhere.start(client(), "default", ELSEWHERE_PER_SECOND);
  }

  /** A proxy that counts what passes, and is never timed. */
  FaultProxy counting() {
    return FaultProxy.inFrontOf(server());
  }

  private URI server() {
    return URI.create(plane.config(User.TEST).getMasterUrl().replaceAll("/+$", ""));
  }

  /** A kubeconfig through a proxy. */
  Path kubeconfig(FaultProxy proxy) {
    Path through = kubeconfig.resolveSibling("through-proxy.kubeconfig");
    try {
      String text =
          Files.readString(kubeconfig).replace(server().toString(), proxy.uri().toString());
      Files.deleteIfExists(through);
      // It holds a key.
      Files.createFile(
          through,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      return Files.writeString(through, text, StandardOpenOption.TRUNCATE_EXISTING);
    } catch (IOException e) {
      throw new TestkitException("Cannot write " + through + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    plane.close();
  }
}
