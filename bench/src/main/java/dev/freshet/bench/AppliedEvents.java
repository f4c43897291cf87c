package dev.freshet.bench;

import dev.freshet.feed.RecordedEvents;
import java.io.ByteArrayOutputStream;
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

/**
 * An event of a watch, from its bytes until it is visible, without a handler. The Pods are too few
 * to be packed: {@link PackedPod} says what that costs beside.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 6, time = 1)
@Fork(2)
public class AppliedEvents {
  private static final int TIMES = 20;
  static final int EVENTS = TIMES * PodAnswers.KEPT;

  private RecordedEvents events = events();

  private static RecordedEvents events() {
    var watch = new ByteArrayOutputStream();
    List<byte[]> pods = PodAnswers.protobufPods();
    long version = 1;
    for (int i = 0; i < TIMES; i++) {
      for (byte[] pod : pods) {
        version++;
        watch.writeBytes(WatchFrames.modified(PodAnswers.atVersion(pod, version)));
      }
    }
    return new RecordedEvents(PodAnswers.emptyList(1), watch.toByteArray());
  }

  @Setup
  public void load() {
    events = events();
    Contenders.agree(events.count(), EVENTS);
  }

  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public long apply() {
    return events.replay();
  }
}
