package dev.freshet.bench.contender;

import io.kubernetes.client.informer.ResourceEventHandler;
import io.kubernetes.client.informer.SharedIndexInformer;
import io.kubernetes.client.informer.SharedInformerFactory;
import io.kubernetes.client.informer.cache.Lister;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodList;
import io.kubernetes.client.util.ClientBuilder;
import io.kubernetes.client.util.KubeConfig;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;
import org.jspecify.annotations.Nullable;

/** The official Java client's informer of all Pods. It has no way to copy an object. */
final class ClientJavaContender implements Contender {
  private static final long SYNCED_WITHIN_NANOS = Duration.ofMinutes(5).toNanos();
  private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final Path kubeconfig;
  private @Nullable ApiClient client;
  private @Nullable Connections connections;
  private @Nullable SharedInformerFactory factory;
  private @Nullable SharedIndexInformer<V1Pod> informer;

  ClientJavaContender(Path kubeconfig) {
    this.kubeconfig = kubeconfig;
  }

  @Override
  public void fill() {
    ApiClient opened = connect();
    var api = new CoreV1Api(opened);
    var informers = new SharedInformerFactory(opened);
    SharedIndexInformer<V1Pod> pods =
        informers.sharedIndexInformerFor(
            params ->
                api.listPodForAllNamespaces()
                    .watch(params.watch)
                    .resourceVersion(params.resourceVersion)
                    .timeoutSeconds(params.timeoutSeconds)
                    .buildCall(null),
            V1Pod.class,
            V1PodList.class);
    pods.setTransform(
        pod -> {
          pod.getMetadata().setManagedFields(null);
          return pod;
        });
    informers.startAllRegisteredInformers();
    client = opened;
    factory = informers;
    informer = pods;
    await(pods);
  }

  private ApiClient connect() {
    try (Reader file = Files.newBufferedReader(kubeconfig)) {
      ApiClient opened = ClientBuilder.kubeconfig(KubeConfig.loadKubeConfig(file)).build();
      // As its own examples do: a watch has no end.
      opened.setReadTimeout(0);
      connections = new Connections();
      return opened.setHttpClient(
          opened.getHttpClient().newBuilder().eventListener(connections).build());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An informer never ends a watch that is open; only the end of its connection does. */
  private static final class Connections extends EventListener implements AutoCloseable {
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    @Override
    public void connectionAcquired(Call call, Connection connection) {
      sockets.add(connection.socket());
      if (closed) {
        close();
      }
    }

    @Override
    public void close() {
      closed = true;
      for (Socket socket : sockets) {
        try {
          socket.close();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private static void await(SharedIndexInformer<V1Pod> pods) {
    long begin = System.nanoTime();
    while (!pods.hasSynced()) {
      if (System.nanoTime() - begin > SYNCED_WITHIN_NANOS) {
        throw new IllegalStateException("client-java has no cache after five minutes");
      }
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
    }
  }

  @Override
  public void letGo() {
    Objects.requireNonNull(factory).stopAllRegisteredInformers();
    factory = null;
    informer = null;
    var http = Objects.requireNonNull(client).getHttpClient();
    http.dispatcher().executorService().shutdownNow();
    http.connectionPool().evictAll();
    Objects.requireNonNull(connections).close();
    connections = null;
    client = null;
  }

  private Lister<V1Pod> pods() {
    return new Lister<>(Objects.requireNonNull(informer).getIndexer());
  }

  @Override
  public Collection<Held> held() {
    return pods().list().stream()
        .map(V1Pod::getMetadata)
        .map(of -> new Held(of.getNamespace(), of.getName(), of.getResourceVersion()))
        .toList();
  }

  @Override
  public List<Way<String>> lists() {
    return List.of(
        new Way<>("keys", filtered(ClientJavaContender::lengthOfKey)),
        new Way<>("field", filtered(pod -> pod.getStatus().getPodIP().length())),
        new Way<>("objects", filtered(ClientJavaContender::containers)));
  }

  private static long lengthOfKey(V1Pod pod) {
    return (long) pod.getMetadata().getNamespace().length() + pod.getMetadata().getName().length();
  }

  private static int containers(V1Pod pod) {
    return pod.getSpec().getContainers().size();
  }

  private ToLongFunction<String> filtered(ToLongFunction<V1Pod> see) {
    Lister<V1Pod> pods = pods();
    return label -> {
      long sum = 0;
      for (V1Pod pod : pods.list()) {
        if (MARKED.equals(pod.getMetadata().getLabels().get(label))) {
          sum += see.applyAsLong(pod);
        }
      }
      return sum;
    };
  }

  @Override
  public List<Way<Held>> gets() {
    Lister<V1Pod> pods = pods();
    return List.of(
        new Way<>("versions", pod -> stored(pods, pod).getMetadata().getResourceVersion().length()),
        new Way<>("objects", pod -> containers(stored(pods, pod))));
  }

  private static V1Pod stored(Lister<V1Pod> pods, Held pod) {
    return pods.namespace(pod.namespace()).get(pod.name());
  }

  @Override
  public List<Way<Held>> objects() {
    Lister<V1Pod> pods = pods();
    Map<Held, String> answers = new HashMap<>();
    held().stream()
        .limit(GETS)
        .forEach(held -> answers.put(held, JSON.serialize(stored(pods, held))));
    return List.of(
        new Way<>(
            "decoded, less managedFields",
            held ->
                containers(
                    JSON.<V1Pod>deserialize(
                        Objects.requireNonNull(answers.get(held)), V1Pod.class))));
  }

  @Override
  public List<Way<String>> directs() {
    return List.of(new Way<>("whole", listed(ClientJavaContender::containers)));
  }

  @Override
  public List<Way<String>> crowds() {
    return List.of(new Way<>("direct", listed(ClientJavaContender::lengthOfKey)));
  }

  private ToLongFunction<String> listed(ToLongFunction<V1Pod> see) {
    var api = new CoreV1Api(Objects.requireNonNull(client));
    return label -> {
      try {
        return api
            .listPodForAllNamespaces()
            .labelSelector(label + "=" + MARKED)
            .execute()
            .getItems()
            .stream()
            .mapToLong(see)
            .sum();
      } catch (ApiException e) {
        throw new IllegalStateException(e.getMessage(), e);
      }
    };
  }

  @Override
  public void follow(Consumer<String> version) {
    Objects.requireNonNull(informer)
        .addEventHandler(
            new ResourceEventHandler<>() {
              @Override
              public void onAdd(V1Pod pod) {}

              @Override
              public void onUpdate(V1Pod before, V1Pod now) {
                version.accept(now.getMetadata().getResourceVersion());
              }

              @Override
              public void onDelete(V1Pod pod, boolean finalStateUnknown) {}
            });
  }
}
