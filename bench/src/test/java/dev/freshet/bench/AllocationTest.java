package dev.freshet.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What one operation of a benchmark allocates, in bytes, held against what was recorded and a
 * quarter more. Times depend on the machine; this does not, but for what the compiler leaves out,
 * which is less.
 */
class AllocationTest {
  private static final double QUARTER = 1.25;

  /** A blackhole allocates now and then, half as often each time. */
  private static final int RUNS = 20;

  private static final int PODS = PodAnswers.KEPT;

  private final ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final Blackhole sink =
      new Blackhole(
          "Today's password is swordfish. I understand instantiating Blackholes directly is"
              + " dangerous.");

  @Test
  void theRowOfAPod() throws IOException {
    var list = new ListOf20000();
    list.load();

    assertThat(bytes(() -> list.rows(sink), ListOf20000.PODS)).isLessThan(recorded(3_893));
  }

  @Test
  void aPodObject() {
    var pods = new PodObject();
    pods.load();

    assertThat(bytes(() -> pods.freshetProtobuf(sink), PODS)).isLessThan(recorded(25_491));
  }

  @Test
  void packingAPod() {
    PackedPod pods = packed();

    assertThat(bytes(() -> pods.pack(sink), PODS / 2)).isLessThan(recorded(760));
  }

  @Test
  void unpackingAPod() {
    PackedPod pods = packed();

    assertThat(bytes(() -> pods.unpack(sink), PODS / 2)).isLessThan(recorded(3_616));
  }

  @Test
  void aFieldOfAPackedPod() {
    PackedPod pods = packed();

    assertThat(bytes(() -> pods.field(sink), PODS / 2)).isLessThan(recorded(225));
  }

  @Test
  void anAppliedEvent() {
    var events = new AppliedEvents();

    assertThat(bytes(events::apply, AppliedEvents.EVENTS)).isLessThan(recorded(4_512));
  }

  @Test
  void aChangeOfAStore() {
    StoreOf20000 store = store();

    assertThat(bytes(store::putAndPublish, 1)).isLessThan(recorded(776));
  }

  @Test
  void aSelectionByIndex() {
    StoreOf20000 store = store();

    assertThat(bytes(store::selectByIndex, 1)).isLessThan(recorded(169_232));
  }

  @Test
  void aScanOfASnapshot() {
    StoreOf20000 store = store();

    assertThat(bytes(() -> store.scan(sink), 1)).isLessThan(recorded(40));
  }

  @Test
  void aSelectorOnTheLabelsOfAPod() {
    StoreOf20000 store = store();

    assertThat(bytes(store::match, StoreOf20000.PODS)).isLessThan(recorded(32));
  }

  private static PackedPod packed() {
    var pods = new PackedPod();
    pods.load();
    return pods;
  }

  private static StoreOf20000 store() {
    var store = new StoreOf20000();
    store.load();
    return store;
  }

  private static double recorded(double bytes) {
    return QUARTER * bytes;
  }

  /** The least of some runs: the first also load classes. */
  private double bytes(Runnable operations, int count) {
    return (double)
            LongStream.range(0, RUNS)
                .map(
                    run -> {
                      long before = thread.getCurrentThreadAllocatedBytes();
                      operations.run();
                      return thread.getCurrentThreadAllocatedBytes() - before;
                    })
                .min()
                .orElseThrow()
        / count;
  }
}
