package dev.freshet.trials.stage;

import dev.freshet.fabric8.Freshet;
import dev.freshet.testkit.Progress;
import dev.freshet.testkit.controlplane.ControlPlane;
import dev.freshet.testkit.controlplane.ControlPlaneOptions;
import dev.freshet.testkit.controlplane.User;
import dev.freshet.testkit.fault.FaultProxy;
import dev.freshet.testkit.history.Recorder;
import dev.freshet.testkit.workload.ChurnObserver;
import dev.freshet.testkit.workload.Population;
import dev.freshet.testkit.workload.Workload;
import dev.freshet.testkit.workload.WorkloadSpec;
import io.fabric8.kubernetes.client.Config;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Two API servers over one etcd, {@value #PODS_AT_FIRST} Pods or so many as wanted, and a proxy at
 * each place where something can break: between clients and the near API server, and between that
 * one and etcd.
 *
 * <p>Closing it ends all that was opened through it, the last first. For one thread.
 */
public final class Stage implements AutoCloseable {
  /** The kind that is written and read, by its name in histories and in etcd. */
  public static final String PODS = "pods";

  /** The API server that clients under trial use. */
  public static final int NEAR = 0;

  /** The API server that writers use: history goes on while the near one is broken. */
  public static final int FAR = 1;

  /** How many Pods there are at the start, and about so many later. */
  public static final int PODS_AT_FIRST = 400;

  /** Without it a server that is asked to end waits a minute for watches to end by themselves. */
  public static final String IN_GOOD_ORDER = "--shutdown-watch-termination-grace-period=2s";

  private static final Duration SYNCED_WITHIN = Duration.ofSeconds(60);

  /** A server that is started on a machine which is busy with other trials needs minutes. */
  private static final Duration READY_WITHIN = Duration.ofMinutes(4);

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final long seed;
  private final ControlPlane plane;
  private final FaultProxy toServer;
  private final FaultProxy toEtcd;
  private final EtcdGateway etcd;
  private final Population population;

  private Stage(long seed, int pods) {
    this.seed = seed;
    // Opened before it is known where etcd will listen, and led there by the control plane.
    toEtcd = keep(FaultProxy.inFrontOf(URI.create("http://127.0.0.1:1")));
    plane =
        keep(
            ControlPlane.start(
                ControlPlaneOptions.standard()
                    .servers(2)
                    .readableStorage()
                    .serverFlags(IN_GOOD_ORDER)
                    .readyWithin(READY_WITHIN)
                    .etcdRoute(this::wayToEtcd)));
    toServer = keep(FaultProxy.inFrontOf(plane.server(NEAR).uri()));
    etcd = keep(new EtcdGateway(plane.etcd().uri()));
    population =
        new Workload(WorkloadSpec.of(pods).seed(seed))
            .create(plane.config(User.TEST, FAR), Progress.silent());
  }

  /**
   * Sets one up, in some ten seconds.
   *
   * @param seed decides which Pods there are and what is written to them
   */
  public static Stage open(long seed) {
    return open(seed, PODS_AT_FIRST);
  }

  /** The same with so many Pods; ten seconds more for each thousand. */
  public static Stage open(long seed, int pods) {
    return new Stage(seed, pods);
  }

  private URI wayToEtcd(int server, URI listening) {
    if (server != NEAR) {
      return listening;
    }
    toEtcd.forwardTo(listening);
    return toEtcd.uri();
  }

  public ControlPlane plane() {
    return plane;
  }

  /** Between clients under trial and the near API server. */
  public FaultProxy toServer() {
    return toServer;
  }

  /** Between the near API server and etcd. */
  public FaultProxy toEtcd() {
    return toEtcd;
  }

  public EtcdGateway etcd() {
    return etcd;
  }

  /** A client configuration through the proxy. */
  public Config breakableConfig() {
    return toServer.through(plane.config(User.TEST, NEAR));
  }

  /** Connects a Freshet through the proxy, with a cache of Pods that is synced. */
  public Freshet connect(CacheShape shape) {
    Freshet freshet =
        keep(
            Freshet.connect(
                options -> options.config(breakableConfig()).cache(shape.declaration())));
    freshet.awaitSynced(SYNCED_WITHIN);
    return freshet;
  }

  /** Writers that write down what they do; they do not write yet. */
  public Writers writers(Recorder recorder) {
    return writers(recorder, Writers.WRITES_PER_SECOND);
  }

  /** The same at another rate. */
  public Writers writers(Recorder recorder, int perSecond) {
    return writers(new WrittenDown(recorder), perSecond);
  }

  /** Writers that nobody listens to; they do not write yet. */
  public Writers writers() {
    return writers(write -> {}, Writers.WRITES_PER_SECOND);
  }

  private Writers writers(ChurnObserver observer, int perSecond) {
    var config = plane.config(User.TEST, FAR);
    return keep(new Writers(config, population, observer, perSecond, seed << 16));
  }

  /** Readers that write down what they are told; they do not read yet. */
  public Readers readers(Recorder recorder) {
    return keep(new Readers(recorder));
  }

  /** Closes something together with this. */
  public <T extends AutoCloseable> T keep(T resource) {
    opened.push(resource);
    return resource;
  }

  @Override
  public void close() {
    // What proxies and paused servers hold must be let go, or nothing behind them ends in order.
    toEtcd.resume();
    toEtcd.accept();
    RuntimeException failed = null;
    for (AutoCloseable resource : opened) {
      try {
        resource.close();
      } catch (Exception e) {
        if (failed == null) {
          failed = new IllegalStateException("The stage could not be closed: " + e, e);
        } else {
          failed.addSuppressed(e);
        }
      }
    }
    opened.clear();
    if (failed != null) {
      throw failed;
    }
  }
}
