package dev.freshet.bench;

import dev.freshet.codec.Codec;
import dev.freshet.compact.Packer;
import dev.freshet.fabric8.decode.ModelObjects;
import dev.freshet.object.Body;
import dev.freshet.object.FieldPath;
import dev.freshet.object.StoredObject;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * A Pod into its packed form and out of it again, by a dictionary that was trained on other Pods:
 * half of them, of unlike workloads, so it fits worse than that of a cache.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 6, time = 1)
@Fork(2)
public class PackedPod {
  private static final int PACKED = PodAnswers.KEPT / 2;
  private static final FieldPath POD_IP = FieldPath.of("status.podIP");

  private final Packer packer = Packer.packing();
  private final ModelObjects<Pod> pods = new ModelObjects<>(Pod.class);
  private final List<Body> plain = new ArrayList<>();
  private final List<Body> packed = new ArrayList<>();

  /** Trains, packs and compares. */
  @Setup
  public void load() {
    List<StoredObject> kept = PodAnswers.kept(true);
    List<StoredObject> samples = new ArrayList<>();
    for (int i = 0; i < kept.size(); i += 2) {
      samples.add(kept.get(i));
      plain.add(kept.get(i + 1).body());
    }
    if (!packer.learn(samples)) {
      throw new IllegalStateException("there was nothing to learn, or no zstd to learn it with");
    }
    for (Body body : plain) {
      Body small = packer.packed(body);
      Contenders.agree(Arrays.equals(small.bytes(), body.bytes()), true);
      packed.add(small);
    }
    System.out.printf("# %d bytes a Pod, packed %d%n", held(plain), held(packed));
  }

  private static int held(List<Body> bodies) {
    return bodies.stream().mapToInt(Body::heldBytes).sum() / bodies.size();
  }

  @Benchmark
  @OperationsPerInvocation(PACKED)
  public void pack(Blackhole sink) {
    for (Body body : plain) {
      sink.consume(packer.packed(body));
    }
  }

  @Benchmark
  @OperationsPerInvocation(PACKED)
  public void unpack(Blackhole sink) {
    for (Body body : packed) {
      sink.consume(body.bytes());
    }
  }

  @Benchmark
  @OperationsPerInvocation(PACKED)
  public void field(Blackhole sink) {
    for (Body body : packed) {
      sink.consume(Codec.field(body, POD_IP));
    }
  }

  @Benchmark
  @OperationsPerInvocation(PACKED)
  public void object(Blackhole sink) {
    for (Body body : packed) {
      sink.consume(pods.decode(body));
    }
  }
}
