package dev.freshet.fabric8;

import dev.freshet.CacheHealth;
import dev.freshet.Cluster;
import dev.freshet.Consistency;
import dev.freshet.Load;
import dev.freshet.Reads;
import dev.freshet.Spent;
import dev.freshet.discovery.Kinds;
import dev.freshet.discovery.ServedKind;
import dev.freshet.object.ResourceType;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A Kubernetes cluster read with the consistency you name, with fabric8's configuration and model
 * classes.
 *
 * <pre>{@code
 * try (var freshet = Freshet.connect(options -> options.cache(Pod.class))) {
 *   freshet.awaitSynced(Duration.ofSeconds(30));
 *   Reads<Pod> pods = freshet.reads(Pod.class);
 *   pods.inNamespace("ray").list(label("ray.io/node-type", "worker"), cached());
 *   pods.list(label("ray.io/node-type", "worker"), strong());
 * }
 * }</pre>
 *
 * <p>Thread-safe. Make one and keep it; {@link #close()} ends its caches and connections.
 */
public final class Freshet implements AutoCloseable {

  private static final String PRODUCT = "freshet/" + version();

  private static final String DEFAULT_NAMESPACE = "default";

  private final Connection connection;
  private final Cluster cluster;
  private final String namespace;
  private @Nullable KubernetesClient client;

  private Freshet(Connection connection, Cluster cluster, String namespace) {
    this.connection = connection;
    this.cluster = cluster;
    this.namespace = namespace;
  }

  /**
   * Connects as kubectl would: by {@code KUBECONFIG}, {@code ~/.kube/config} or from inside a Pod,
   * unless the options say otherwise. Returns at once; the caches fill in the background.
   *
   * @throws dev.freshet.error.ConfigurationException if there is no usable configuration
   */
  public static Freshet connect(Consumer<FreshetOptions> configure) {
    FreshetOptions options = new FreshetOptions();
    configure.accept(options);
    Config config = options.config();
    Connection connection = Connection.open(config, PRODUCT, InstantSource.system());
    Cluster cluster =
        Cluster.open(
            options.around(connection.transport()),
            options.cluster().address(connection.address()));
    String namespace = config.getNamespace();
    return new Freshet(connection, cluster, namespace == null ? DEFAULT_NAMESPACE : namespace);
  }

  /** Reads of a kind by its fabric8 class, built-in or custom. */
  public <T extends HasMetadata> Reads<T> reads(Class<T> kind) {
    return cluster.reads(Fabric8Model.of(kind));
  }

  /** Reads of any kind by its names, as generic objects. */
  public Reads<GenericKubernetesResource> reads(ResourceType kind) {
    return cluster.reads(Fabric8Model.generic(kind));
  }

  /**
   * The state of several kinds at one version: what one refers to in another is as it was at that
   * moment, and everything committed before the call is in it. Each needs a cache, and all are
   * declared to {@linkplain FreshetOptions#sharingEtcd share an etcd}.
   *
   * <pre>{@code
   * FreshetSnapshot now = freshet.snapshot(Pod.class, Node.class);
   * now.reads(Pod.class).list(Query.fields("spec.nodeName=n1"));
   * now.reads(Node.class).get("n1");
   * }</pre>
   */
  @SafeVarargs
  public final FreshetSnapshot snapshot(Class<? extends HasMetadata>... kinds) {
    List<ResourceType> types = new ArrayList<>();
    for (Class<? extends HasMetadata> kind : kinds) {
      types.add(Fabric8Model.typeOf(kind));
    }
    return snapshot(Consistency.strong(), types);
  }

  /** The same of any kinds, {@code strong()} or {@code cached()}. */
  public FreshetSnapshot snapshot(Consistency level, List<ResourceType> kinds) {
    return new FreshetSnapshot(cluster.snapshot(level, kinds));
  }

  /**
   * The same, {@code strong()}.
   *
   * @param caller whom its requests are charged to
   * @param within how long it may take
   * @throws dev.freshet.error.DeadlineException if it took longer
   */
  public FreshetSnapshot snapshot(
      Collection<? extends Class<? extends HasMetadata>> kinds, String caller, Duration within) {
    List<ResourceType> types = new ArrayList<>();
    kinds.forEach(kind -> types.add(Fabric8Model.typeOf(kind)));
    return new FreshetSnapshot(cluster.snapshot(Consistency.strong(), types, caller, within));
  }

  /** The namespace of the configuration's context; {@code default} if it names none. */
  public String namespace() {
    return namespace;
  }

  /**
   * An ordinary fabric8 client with the same credentials, for writes. It never repeats a request
   * blindly. Made at the first call; closed with this.
   */
  public synchronized KubernetesClient client() {
    if (client == null) {
      client = connection.newWriteClient();
    }
    return client;
  }

  /**
   * A new session: its reads see what its client has written, and never go back in time. Cheap;
   * make one for each task.
   */
  public FreshetSession session() {
    return new FreshetSession(cluster.session(), this::client);
  }

  /**
   * Waits until every declared cache has had its first complete list, or goes on from what was
   * {@linkplain FreshetOptions#savingTo saved}.
   *
   * @throws dev.freshet.error.DeadlineException if that took longer; says what it waits for
   */
  public void awaitSynced(Duration within) {
    cluster.awaitSynced(within);
  }

  /** How each declared cache is doing. */
  public List<CacheHealth> health() {
    return cluster.health();
  }

  /** The load that this puts on the API server: budgets, accounts, advice. */
  public Load load() {
    return cluster.load();
  }

  /** What each caller's requests have cost so far, by caller. */
  public Map<String, Spent> spent() {
    return cluster.spent();
  }

  /** Asks the server which kinds it serves. Two requests, each time. */
  public Kinds kinds() {
    return cluster.kinds();
  }

  /**
   * Asks the server which kind a name stands for, as kubectl takes it. One request for a kind of
   * the core group, two for any other, each time.
   *
   * @throws dev.freshet.error.UnsupportedReadException if it serves no such kind; suggests near
   *     names
   */
  public ServedKind kind(String name) {
    return cluster.kind(name);
  }

  /** The server's version, such as {@code v1.37.2}. One request. */
  public String serverVersion() {
    return cluster.serverVersion();
  }

  /**
   * Reads what the API server measures of itself, while it arrives; see {@link Cluster#metrics}.
   *
   * @param within how long it may take
   * @throws dev.freshet.error.ApiException if the server refuses
   */
  public void metrics(Duration within, Consumer<ByteBuffer> sink) {
    cluster.metrics(within, sink);
  }

  /** Ends caches and connections; reads and waits in progress fail. Idempotent. */
  @Override
  public synchronized void close() {
    cluster.close();
    if (client != null) {
      client.close();
    }
  }

  private static String version() {
    String version = Freshet.class.getPackage().getImplementationVersion();
    return version == null ? "dev" : version;
  }
}
