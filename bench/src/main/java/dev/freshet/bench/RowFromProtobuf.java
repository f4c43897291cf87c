package dev.freshet.bench;

import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import dev.freshet.codec.ListDecoder;
import dev.freshet.codec.ProtobufCodec;
import dev.freshet.object.StoredObject;
import java.io.IOException;
import java.nio.ByteBuffer;
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
 * The row of a Pod beside protobuf-java's decoding of that Pod. Freshet's figure is of its list
 * decoder, so it holds the splitting of the list and the copy of the bytes without managedFields.
 * protobuf-java leaves texts as bytes until they are asked for; Freshet's row has made its own.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 6, time = 1)
@Fork(2)
public class RowFromProtobuf {

  private static final int REPLICAS = 20;
  private static final int LONG = REPLICAS * PodAnswers.KEPT;

  private final Parser<? extends Message> protoc = ProtocPod.parser();
  private List<byte[]> pods = List.of();
  private List<byte[]> list = List.of();
  private List<byte[]> workloads = List.of();

  @Setup
  public void load() throws IOException {
    pods = PodAnswers.protobufPods();
    list = PodAnswers.chunks(PodAnswers.protobufList());
    workloads = PodAnswers.replicas(REPLICAS);
    List<StoredObject> rows = PodAnswers.kept(true);
    long bytes = 0;
    for (int i = 0; i < pods.size(); i++) {
      Message metadata = metadata(protoc.parseFrom(pods.get(i)));
      StoredObject row = rows.get(i);
      Contenders.agree(row.key().name(), text(metadata, "name"));
      Contenders.agree(row.uid(), text(metadata, "uid"));
      Contenders.agree(row.resourceVersion().toString(), text(metadata, "resourceVersion"));
      bytes += pods.get(i).length;
    }
    System.out.printf("# %d bytes a Pod%n", bytes / pods.size());
  }

  private static Message metadata(Message pod) {
    return (Message) pod.getField(pod.getDescriptorForType().findFieldByName("metadata"));
  }

  private static Object text(Message metadata, String field) {
    return metadata.getField(metadata.getDescriptorForType().findFieldByName(field));
  }

  /** A row of a list in which twenty Pods of each workload follow each other. */
  @Benchmark
  @OperationsPerInvocation(LONG)
  public void freshetRow(Blackhole sink) {
    decode(workloads, sink);
  }

  /** A row of a short list in which no two Pods are of one workload: nothing repeats. */
  @Benchmark
  @OperationsPerInvocation(PodAnswers.KEPT)
  public void freshetRowOfItsOwnWorkload(Blackhole sink) {
    decode(list, sink);
  }

  private static void decode(List<byte[]> list, Blackhole sink) {
    ListDecoder decoder = ProtobufCodec.INSTANCE.list(sink::consume);
    for (byte[] chunk : list) {
      decoder.push(ByteBuffer.wrap(chunk));
    }
    sink.consume(decoder.end());
  }

  @Benchmark
  @OperationsPerInvocation(PodAnswers.KEPT)
  public void protobufJava(Blackhole sink) throws IOException {
    for (byte[] pod : pods) {
      sink.consume(protoc.parseFrom(pod));
    }
  }
}
