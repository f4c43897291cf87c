package dev.freshet.trials.fault;

import dev.freshet.testkit.controlplane.ControlPlane;
import dev.freshet.testkit.controlplane.EtcdBackup;
import dev.freshet.testkit.fault.FaultProxy;
import dev.freshet.trials.stage.EtcdGateway;
import dev.freshet.trials.stage.Stage;
import dev.freshet.trials.stage.Writers;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * What a fault may break. Two API servers over one etcd: the cache reaches the {@linkplain #NEAR
 * near} one through a proxy, and that one reaches etcd through another; the writers use the
 * {@linkplain #FAR far} one, so that history goes on while the cache cannot see it.
 *
 * @param stage everything that is there
 * @param writers those who write all the while
 * @param backup what etcd held some time before the fault
 * @param restoring announces a restore to those who must know, and lets it happen
 * @param random decides how long, how hard and in which way
 */
public record Ground(
    Stage stage,
    Writers writers,
    EtcdBackup backup,
    Consumer<Runnable> restoring,
    RandomGenerator random) {
  /** The API server that the cache uses. */
  public static final int NEAR = Stage.NEAR;

  /** The API server that the writers use. */
  public static final int FAR = Stage.FAR;

  ControlPlane plane() {
    return stage.plane();
  }

  /** Between the cache and the near API server. */
  FaultProxy toServer() {
    return stage.toServer();
  }

  /** Between the near API server and etcd. */
  FaultProxy toEtcd() {
    return stage.toEtcd();
  }

  EtcdGateway etcd() {
    return stage.etcd();
  }

  /** Lets time pass while something is broken: any time between the two. */
  void dwell(Duration atLeast, Duration atMost) throws InterruptedException {
    Thread.sleep(random.nextLong(atLeast.toMillis(), atMost.toMillis() + 1));
  }
}
