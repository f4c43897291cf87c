package dev.freshet.session;

import dev.freshet.lincheck.Lincheck;
import dev.freshet.object.Namespaces;
import dev.freshet.object.ResourceVersion;
import java.util.concurrent.TimeUnit;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a read must show is that of one moment, however many threads write meanwhile. */
@Param(name = "version", gen = IntGen.class, conf = "1:9")
public class FloorsLincheckTest {

  private static final String PODS = "pods";

  private final Floors floors = new Floors();

  @Operation
  public void raise(@Param(name = "version") int version) {
    floors.raise(PODS, "a", floor(version));
  }

  @Operation
  public void raiseAll(@Param(name = "version") int version) {
    floors.raise(PODS, "", floor(version));
  }

  /** A write of a new object, answered. */
  @Operation
  public void write(@Param(name = "version") int version) {
    OpenRequest request = floors.begin(PODS, "a", false);
    floors.settledAt(request, "a", floor(version), false);
  }

  @Operation
  public void lose() {
    floors.markUnknown(PODS, "b");
  }

  @Operation
  public String demand() {
    Demand demand = floors.demand(PODS, Namespaces.of("a", "b"));
    return demand.wanted(1) + " " + demand.needsServer().isPresent();
  }

  private static Floor floor(int version) {
    return Floor.at(new ResourceVersion(Integer.toString(version)), 1);
  }

  @Test
  @Tag("verify")
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void floorsAreLinearizableInAnyOrderOfSteps() {
    Lincheck.quick(FloorsLincheckTest.class);
  }

  @Test
  @Tag("thorough")
  @Timeout(value = 60, unit = TimeUnit.MINUTES)
  void floorsAreLinearizableInManyOrdersOfSteps() {
    Lincheck.thorough(FloorsLincheckTest.class);
  }
}
