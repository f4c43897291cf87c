package dev.freshet.trials.writes;

import dev.freshet.fabric8.Freshet;
import dev.freshet.testkit.controlplane.ControlPlane;
import dev.freshet.testkit.controlplane.ControlPlaneOptions;
import dev.freshet.testkit.controlplane.User;
import dev.freshet.testkit.fault.FaultProxy;
import dev.freshet.trials.stage.EtcdGateway;
import java.util.Map;
import java.util.Random;
import java.util.function.IntConsumer;

/** Creates through a proxy that cuts each connection after some bytes, and a look into etcd. */
public final class WritesTrial {
  /** A TLS handshake takes 5,000 bytes, a create 2,000: some connections live for none. */
  private static final int MAX_BYTES = 60_000;

  private WritesTrial() {}

  /**
   * Runs one; about 400 creates a second.
   *
   * @param count how many creates
   * @param seed decides when connections are cut
   * @param client which client is tried
   * @param progress told how many creates are done
   */
  public static WritesResult run(int count, long seed, WritingClient client, IntConsumer progress)
      throws InterruptedException {
    try (ControlPlane plane = ControlPlane.start(ControlPlaneOptions.standard().readableStorage());
        FaultProxy proxy = FaultProxy.inFrontOf(plane.config(User.TEST));
        EtcdGateway etcd = new EtcdGateway(plane.etcd().uri());
        Freshet freshet =
            Freshet.connect(options -> options.config(proxy.through(plane.config(User.TEST))))) {
      proxy.cutAfter(new Random(seed), MAX_BYTES);
      long startNanos = System.nanoTime();
      Map<String, Outcome> outcomes = Creates.run(client.of(freshet), count, progress);
      double seconds = (System.nanoTime() - startNanos) / 1e9;
      // A create whose answer was lost may still be on its way to etcd; none lives past this.
      plane.server(0).stop();
      return WritesResult.of(outcomes, etcd.labels("configmaps"), proxy.counters().cut(), seconds);
    }
  }
}
