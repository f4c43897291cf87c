package dev.freshet.bench;

import dev.freshet.fabric8.decode.ModelObjects;
import dev.freshet.object.Body;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** A fabric8 Pod from protobuf, beside fabric8's own decoding of the same Pod from JSON. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 6, time = 1)
@Fork(2)
public class PodObject {

  /** Whether the bytes are as the server sends them, or as Freshet keeps them. */
  @Param({"true", "false"})
  public boolean managedFields;

  private final KubernetesSerialization fabric8 = new KubernetesSerialization();
  private final ModelObjects<Pod> pods = new ModelObjects<>(Pod.class);
  private List<Body> protobuf = List.of();
  private List<Body> json = List.of();

  @Setup
  public void load() {
    protobuf = PodAnswers.bodies(true, managedFields);
    json = PodAnswers.bodies(false, managedFields);
    for (int i = 0; i < PodAnswers.KEPT; i++) {
      Contenders.agree(pods.decode(protobuf.get(i)), pods.decode(json.get(i)));
      Contenders.agree(pods.decode(json.get(i)), unmarshal(json.get(i)));
    }
  }

  @Benchmark
  @OperationsPerInvocation(PodAnswers.KEPT)
  public void freshetProtobuf(Blackhole sink) {
    for (Body body : protobuf) {
      sink.consume(pods.decode(body));
    }
  }

  /** fabric8's mapper, called on bytes with a reader made before: its fastest way. */
  @Benchmark
  @OperationsPerInvocation(PodAnswers.KEPT)
  public void fabric8Mapper(Blackhole sink) {
    for (Body body : json) {
      sink.consume(pods.decode(body));
    }
  }

  /** What fabric8's client itself calls. */
  @Benchmark
  @OperationsPerInvocation(PodAnswers.KEPT)
  public void fabric8Unmarshal(Blackhole sink) {
    for (Body body : json) {
      sink.consume(unmarshal(body));
    }
  }

  private Pod unmarshal(Body body) {
    return fabric8.unmarshal(new ByteArrayInputStream(body.bytes()), Pod.class);
  }
}
