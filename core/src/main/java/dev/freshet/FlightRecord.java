package dev.freshet;

import dev.freshet.error.FreshetException;
import dev.freshet.object.ResourceType;
import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/**
 * A read, for the JDK's flight recorder, as {@code dev.freshet.Read}: where that does not record,
 * nothing is made. Off unless it is asked for, since reads may be many.
 */
@Name("dev.freshet.Read")
@Label("Read")
@Category("Freshet")
@Description("A read of a kind, as it ended")
@Enabled(false)
@StackTrace(false)
final class FlightRecord extends Event {
  @Label("Caller")
  String caller = "";

  @Label("Kind")
  String kind = "";

  @Label("Level")
  String level = "";

  @Label("Route")
  String route = "";

  @Label("Took")
  @Timespan(Timespan.NANOSECONDS)
  long took;

  @Label("Objects")
  int objects;

  @Label("Requests")
  int requests;

  @Label("Readers who shared them")
  int readers;

  @Label("Bytes")
  @DataAmount
  long bytes;

  @Label("Failure")
  String failure = "";

  static void answered(String caller, Provenance provenance, int objects, long tookNanos) {
    if (!FlightRecorder.isInitialized()) {
      return;
    }
    var event = new FlightRecord();
    if (event.isEnabled()) {
      event.of(caller, provenance.collection(), provenance.asked(), tookNanos);
      event.route = provenance.route().toString();
      event.objects = objects;
      event.requests = provenance.requests().sent();
      event.readers = provenance.requests().readers();
      event.bytes = provenance.bytes().body();
      event.commit();
    }
  }

  static void failed(
      String caller, ResourceType kind, Consistency level, FreshetException why, long tookNanos) {
    if (!FlightRecorder.isInitialized()) {
      return;
    }
    var event = new FlightRecord();
    if (event.isEnabled()) {
      event.of(caller, kind, level, tookNanos);
      event.failure = why.getClass().getSimpleName();
      event.commit();
    }
  }

  private void of(String by, ResourceType of, Consistency at, long tookNanos) {
    caller = by;
    kind = of.qualifiedName();
    level = at.name();
    took = tookNanos;
  }
}
