package dev.freshet.store;

import dev.freshet.error.ClosedException;
import dev.freshet.lincheck.Lincheck;
import dev.freshet.object.ResourceVersion;
import dev.freshet.time.Deadline;
import dev.freshet.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A wait that ends without a snapshot means that none was enough, or that the store was closed. */
@Param(name = "version", gen = IntGen.class, conf = "1:5")
public class WaitersLincheckTest {

  private static final TimeSource IMPATIENT = new Impatient();

  private final Store store = new Store();
  private int version = 1;

  public WaitersLincheckTest() {
    store.replace(List.of(), new ResourceVersion("1"), 1);
  }

  @Operation(nonParallelGroup = "writer")
  public void publish() {
    version++;
    store.advance(new ResourceVersion(Integer.toString(version)));
    store.publish();
  }

  @Operation
  public String await(@Param(name = "version") int wanted) {
    ResourceVersion least = new ResourceVersion(Integer.toString(wanted));
    try {
      return store
              .await(
                  snapshot -> snapshot.frontier().isAtLeast(least),
                  Deadline.in(Duration.ZERO, IMPATIENT),
                  IMPATIENT)
              .isPresent()
          ? "reached"
          : "too early";
    } catch (ClosedException e) {
      return "closed";
    }
  }

  @Operation
  public void close() {
    store.close();
  }

  @Test
  @Tag("verify")
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void noWakeUpIsLostInAnyOrderOfSteps() {
    Lincheck.quick(WaitersLincheckTest.class);
  }

  @Test
  @Tag("thorough")
  @Timeout(value = 60, unit = TimeUnit.MINUTES)
  void noWakeUpIsLostInManyOrdersOfSteps() {
    Lincheck.thorough(WaitersLincheckTest.class);
  }

  /** Time that nobody waits for: a wait looks at its latch once. */
  private static final class Impatient implements StillTime {
    @Override
    public boolean await(CountDownLatch latch, Duration longest) {
      return latch.getCount() == 0;
    }
  }
}
