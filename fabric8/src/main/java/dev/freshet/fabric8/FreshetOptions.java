package dev.freshet.fabric8;

import dev.freshet.CacheDeclaration;
import dev.freshet.ClusterOptions;
import dev.freshet.ReadObserver;
import dev.freshet.load.LoadOptions;
import dev.freshet.object.ResourceType;
import dev.freshet.transport.Transport;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.Config;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Settings of one {@link Freshet}. Each setter returns this, to be chained. For one thread. */
public final class FreshetOptions {

  private ClusterOptions cluster = ClusterOptions.defaults();
  private @Nullable Config config;
  private Optional<Path> kubeconfig = Optional.empty();
  private Optional<String> context = Optional.empty();
  private UnaryOperator<Transport> around = UnaryOperator.identity();

  FreshetOptions() {}

  /** Keeps a cache of all objects of a kind. */
  public FreshetOptions cache(Class<? extends HasMetadata> kind) {
    return cache(Fabric8Model.typeOf(kind));
  }

  /** Keeps a cache of a kind, narrowed or indexed by what is given. */
  public FreshetOptions cache(
      Class<? extends HasMetadata> kind, UnaryOperator<CacheDeclaration> declared) {
    return cache(declared.apply(CacheDeclaration.of(Fabric8Model.typeOf(kind))));
  }

  /** Keeps a cache of all objects of a kind. */
  public FreshetOptions cache(ResourceType kind) {
    return cache(CacheDeclaration.of(kind));
  }

  /** Keeps a cache, narrowed as declared. */
  public FreshetOptions cache(CacheDeclaration declaration) {
    cluster = cluster.cache(declaration);
    return this;
  }

  /**
   * The cluster keeps these kinds in one etcd, as it does with all that it serves itself unless it
   * was started with {@code --etcd-servers-overrides}; {@link Freshet#snapshot} needs to know.
   */
  @SafeVarargs
  public final FreshetOptions sharingEtcd(Class<? extends HasMetadata>... kinds) {
    List<ResourceType> types = new ArrayList<>();
    for (Class<? extends HasMetadata> kind : kinds) {
      types.add(Fabric8Model.typeOf(kind));
    }
    cluster = cluster.sharingEtcd(types);
    return this;
  }

  /** Connects as this configuration says; the other ways to name a cluster are then not used. */
  public FreshetOptions config(Config connection) {
    this.config = connection;
    return this;
  }

  /** The kubeconfig file to use instead of kubectl's. */
  public FreshetOptions kubeconfig(Path file) {
    this.kubeconfig = Optional.of(file);
    return this;
  }

  /** The context of the kubeconfig to use instead of its current one. */
  public FreshetOptions context(String name) {
    this.context = Optional.of(name);
    return this;
  }

  /** The name that requests go out under, unless {@code Reads.as} says otherwise. */
  public FreshetOptions caller(String name) {
    cluster = cluster.caller(name);
    return this;
  }

  /** How long a read may take before it fails; {@link ClusterOptions#DEFAULT_READ_WITHIN} else. */
  public FreshetOptions readWithin(Duration longest) {
    cluster = cluster.readWithin(longest);
    return this;
  }

  /** What may be asked of the API server; {@link LoadOptions#defaults} unless said. */
  public FreshetOptions load(UnaryOperator<LoadOptions> budgets) {
    cluster = cluster.load(budgets.apply(cluster.load()));
    return this;
  }

  /** One more who is told of every read as it ends: meters, traces. */
  public FreshetOptions observer(ReadObserver observer) {
    cluster = cluster.observer(observer);
    return this;
  }

  /**
   * Saves what caches hold into this directory and begins with that at the next start, instead of
   * listing; {@link ClusterOptions#savingTo} says more. Whoever can read the directory can read the
   * objects.
   *
   * @param directory one that nobody else may write into; made if it is not there
   */
  public FreshetOptions savingTo(Path directory) {
    cluster = cluster.savingTo(directory);
    return this;
  }

  /** Wraps the way to the server, to watch or disturb what passes: for tests. */
  public FreshetOptions transport(UnaryOperator<Transport> wrapper) {
    this.around = wrapper;
    return this;
  }

  ClusterOptions cluster() {
    return cluster;
  }

  Transport around(Transport server) {
    return around.apply(server);
  }

  Config config() {
    return config != null ? config : ConfigLoader.ofProcess().load(kubeconfig, context);
  }
}
