package dev.freshet.bench;

import dev.freshet.codec.Codec;
import dev.freshet.codec.Decompression;
import dev.freshet.codec.JsonCodec;
import dev.freshet.codec.ListDecoder;
import dev.freshet.codec.ProtobufCodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** A list of 20,000 Pods from its bytes to rows, in chunks as they come off the network. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(1)
public class ListOf20000 {

  static final int PODS = 20_000;

  /** What the API server compresses with. */
  private static final int SERVER_LEVEL = 1;

  /** What is on the wire. */
  public enum Wire {
    PROTOBUF,
    JSON
  }

  @Param({"PROTOBUF", "JSON"})
  public Wire wire = Wire.PROTOBUF;

  @Param({"false", "true"})
  public boolean gzip;

  private List<byte[]> answer = List.of();

  @Setup
  public void load() throws IOException {
    answer = PodAnswers.longAnswer(wire == Wire.PROTOBUF, PODS);
    if (gzip) {
      answer = PodAnswers.chunks(zipped());
    }
    int[] rows = {0};
    decode(row -> rows[0]++);
    Contenders.agree(rows[0], PODS);
    long bytes = answer.stream().mapToLong(chunk -> chunk.length).sum();
    System.out.printf("# %s, gzip %s: %,d bytes on the wire%n", wire, gzip, bytes);
  }

  private byte[] zipped() throws IOException {
    var out = new ByteArrayOutputStream();
    try (OutputStream zip = new FastGzip(out)) {
      for (byte[] chunk : answer) {
        zip.write(chunk);
      }
    }
    return out.toByteArray();
  }

  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(OutputStream out) throws IOException {
      super(out, 64 << 10);
      def.setLevel(SERVER_LEVEL);
    }
  }

  @Benchmark
  public void rows(Blackhole sink) {
    decode(sink::consume);
  }

  private void decode(Consumer<Object> sink) {
    Codec codec = wire == Wire.PROTOBUF ? ProtobufCodec.INSTANCE : JsonCodec.INSTANCE;
    ListDecoder decoder = codec.list(sink::accept);
    try (Decompression stage = Decompression.of(gzip ? Optional.of("gzip") : Optional.empty())) {
      for (byte[] chunk : answer) {
        stage.push(ByteBuffer.wrap(chunk), decoder::push);
      }
      stage.end();
    }
    decoder.end();
  }
}
