package dev.freshet.trials.herd;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an informer holds of Pods, without all that makes them large: at 54 KB a Pod hundreds of
 * informers would not fit into one process. What they ask the API server is the same.
 */
final class VersionsOnly implements ItemStore<Pod> {
  private final ConcurrentHashMap<String, Pod> pods = new ConcurrentHashMap<>();

  @Override
  public String getKey(Pod pod) {
    return Cache.metaNamespaceKeyFunc(pod);
  }

  @Override
  public @Nullable Pod put(String key, Pod pod) {
    ObjectMeta whole = pod.getMetadata();
    Pod small =
        new PodBuilder()
            .withNewMetadata()
            .withNamespace(whole.getNamespace())
            .withName(whole.getName())
            .withUid(whole.getUid())
            .withResourceVersion(whole.getResourceVersion())
            .endMetadata()
            .build();
    return pods.put(key, small);
  }

  @Override
  public @Nullable Pod remove(String key) {
    return pods.remove(key);
  }

  @Override
  public Stream<String> keySet() {
    return pods.keySet().stream();
  }

  @Override
  public Stream<Pod> values() {
    return pods.values().stream();
  }

  @Override
  public int size() {
    return pods.size();
  }

  @Override
  public @Nullable Pod get(String key) {
    return pods.get(key);
  }

  @Override
  public boolean isFullState() {
    return false;
  }
}
