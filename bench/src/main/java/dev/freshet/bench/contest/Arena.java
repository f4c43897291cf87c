package dev.freshet.bench.contest;

import dev.freshet.testkit.Progress;
import dev.freshet.testkit.TestkitException;
import dev.freshet.testkit.controlplane.ControlPlane;
import dev.freshet.testkit.controlplane.ControlPlaneOptions;
import dev.freshet.testkit.controlplane.User;
import dev.freshet.testkit.fault.FaultProxy;
import dev.freshet.testkit.workload.Variety;
import dev.freshet.testkit.workload.Workload;
import dev.freshet.testkit.workload.WorkloadSpec;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** A control plane with all Pods of a workload, and the ways to it. */
final class Arena implements AutoCloseable {
  /** The shares of the Pods that lists match, in percent, by the label that selects them. */
  static final Map<Integer, String> MARKS =
      new TreeMap<>(Map.of(4, "bench/few", 50, "bench/half", 96, "bench/most"));

  /** The largest of them. */
  static final int MOST = 96;

  /** A machine that is busy otherwise is no place to measure, but one to try this out. */
  private static final Duration READY_WITHIN = Duration.ofMinutes(5);

  private static final double PERCENT = 100;

  private final ControlPlane plane;
  private final Path kubeconfig;

  private Arena(ControlPlane plane) {
    this.plane = plane;
    this.kubeconfig = plane.kubeconfig(User.TEST);
  }

  static Arena open(Variety variety, int pods, Progress progress) {
    Map<String, Double> marks = new TreeMap<>();
    MARKS.forEach((percent, label) -> marks.put(label, percent / PERCENT));
    var spec = WorkloadSpec.of(pods).variety(variety).marks(marks);
    ControlPlane plane =
        ControlPlane.start(ControlPlaneOptions.standard().readyWithin(READY_WITHIN));
    try {
      new Workload(spec).create(plane.config(User.TEST), progress);
      return new Arena(plane);
    } catch (RuntimeException e) {
      plane.close();
      throw e;
    }
  }

  /** Straight to the server. */
  Path kubeconfig() {
    return kubeconfig;
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
