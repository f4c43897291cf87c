package dev.freshet.store;

import dev.freshet.lincheck.Lincheck;
import dev.freshet.object.Body;
import dev.freshet.object.Labels;
import dev.freshet.object.ObjectKey;
import dev.freshet.object.ResourceVersion;
import dev.freshet.object.StoredObject;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One writer publishes, others take snapshots: objects and frontier are always of one moment. */
public class StoreLincheckTest {

  private final Store store = new Store();
  private int version;

  public StoreLincheckTest() {
    store.replace(List.of(), new ResourceVersion("1"), 1);
    version = 1;
  }

  @Operation(nonParallelGroup = "writer")
  public void write() {
    version++;
    String text = Integer.toString(version);
    store.put(
        new StoredObject(
            new ObjectKey("ns", "pod-" + text),
            "uid-" + text,
            new ResourceVersion(text),
            Labels.NONE,
            null,
            Body.of(new byte[0], Body.Encoding.JSON)));
    store.advance(new ResourceVersion(text));
    store.publish();
  }

  @Operation
  public String read() {
    Snapshot snapshot = store.snapshot().orElseThrow();
    return snapshot.size() + " objects at " + snapshot.frontier();
  }

  @Test
  @Tag("verify")
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void everyOrderOfStepsGivesSnapshotsOfOneMoment() {
    Lincheck.quick(StoreLincheckTest.class);
  }

  @Test
  @Tag("thorough")
  @Timeout(value = 60, unit = TimeUnit.MINUTES)
  void manyOrdersOfStepsGiveSnapshotsOfOneMoment() {
    Lincheck.thorough(StoreLincheckTest.class);
  }
}
