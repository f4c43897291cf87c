package dev.freshet.bench;

import dev.freshet.object.Labels;
import dev.freshet.object.ObjectKey;
import dev.freshet.object.ResourceVersion;
import dev.freshet.object.StoredObject;
import dev.freshet.selector.LabelSelector;
import dev.freshet.store.Snapshot;
import dev.freshet.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** A store of 20,000 Pods: changes of it, and what is looked up in a snapshot. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 6, time = 1)
@Fork(2)
public class StoreOf20000 {
  static final int PODS = 20_000;
  private static final LabelSelector WORKERS = LabelSelector.parse("ray.io/node-type=worker");

  /** No index tells these: each object's labels are looked at. */
  private static final LabelSelector OTHERS = LabelSelector.parse("ray.io/node-type!=worker");

  private final Store store = new Store();
  private final List<StoredObject> pods = new ArrayList<>();
  private Snapshot snapshot = empty();
  private long version = PODS;
  private int next;

  private static Snapshot empty() {
    Store none = new Store();
    none.replace(List.of(), ResourceVersion.NONE, 1);
    return none.snapshot().orElseThrow();
  }

  /** Fills it. */
  @Setup
  public void load() {
    List<StoredObject> kept = PodAnswers.kept(true);
    for (int i = 0; i < PODS; i++) {
      StoredObject pod = kept.get(i % kept.size());
      pods.add(
          at(
              pod,
              new ObjectKey(pod.key().namespace(), pod.key().name() + "-" + i),
              new ResourceVersion(Integer.toString(i + 1))));
    }
    store.replace(pods, new ResourceVersion(Long.toString(version)), 1);
    snapshot = store.snapshot().orElseThrow();
    Contenders.agree(select(WORKERS).size() + select(OTHERS).size(), PODS);
  }

  private static StoredObject at(StoredObject pod, ObjectKey key, ResourceVersion version) {
    return new StoredObject(key, pod.uid(), version, pod.labels(), pod.owner(), pod.body());
  }

  private List<StoredObject> select(LabelSelector labels) {
    return snapshot.select(Optional.empty(), labels, pod -> true);
  }

  /** One changed Pod, made visible. */
  @Benchmark
  public void putAndPublish() {
    StoredObject pod = pods.get(next);
    next = (next + 1) % PODS;
    version++;
    var changed = new ResourceVersion(Long.toString(version));
    store.put(at(pod, pod.key(), changed));
    store.advance(changed);
    store.publish();
  }

  /** Half of the Pods, by the index of a label. */
  @Benchmark
  public List<StoredObject> selectByIndex() {
    return select(WORKERS);
  }

  /** The other half, each Pod looked at. */
  @Benchmark
  public List<StoredObject> selectByLooking() {
    return select(OTHERS);
  }

  /** All Pods, one after the other. */
  @Benchmark
  public void scan(Blackhole sink) {
    snapshot.forEach(sink::consume);
  }

  /** One selector on the labels of each Pod. */
  @Benchmark
  public int match() {
    int matches = 0;
    for (StoredObject pod : pods) {
      Labels labels = pod.labels();
      matches += WORKERS.matches(labels) ? 1 : 0;
    }
    return matches;
  }
}
