package dev.freshet;

import dev.freshet.error.FreshetException;
import dev.freshet.object.ResourceType;
import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/**
 * A read, for the JDK's flight recorder: where that was never asked for, nothing is made, and this
 * class not loaded. Off unless it is asked for, since reads may be many. Holds all that {@link
 * RecordedLoad} needs to put the read down once more.
 */
@Name(FlightRecord.NAME)
@Label("Read")
@Category("Freshet")
@Description("A read of a kind, as it ended")
@Enabled(false)
@StackTrace(false)
final class FlightRecord extends Event {

  static final String NAME = "dev.freshet.Read";

  @Label("Caller")
  String caller = "";

  @Label("Kind")
  String kind = "";

  @Label("API Version")
  String apiVersion = "";

  @Label("Kind in Manifests")
  String objectKind = "";

  @Label("Namespaced")
  boolean namespaced;

  @Label("Level")
  String level = "";

  @Label("Route")
  @Description("Empty where the read failed")
  String route = "";

  @Label("Level Given")
  boolean satisfied;

  @Label("Ended at")
  @Description("Nanoseconds of the program's monotonic clock")
  long endedAt;

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

  @Label("Seats")
  @Description("Of the server's priority and fairness, as this read's share")
  double seats;

  @Label("Fence Instead")
  @Description("The route by which the cache would have answered; empty if there is none")
  String fence = "";

  @Label("Latency of that Fence")
  @Timespan(Timespan.NANOSECONDS)
  long fenceLatency;

  @Label("Bytes per Object")
  @Description("Of a list of the kind, as far as is known by now")
  double bytesPerObject;

  @Label("Failure")
  String failure = "";

  /** From now on a program that has not read yet can be told from one that never will. */
  static void announce() {
    // Being called has loaded the class, and so the flight recorder knows the event.
  }

  static void answered(Serving serving, Answer answer, Weight weight) {
    var event = new FlightRecord();
    if (event.isEnabled()) {
      Provenance provenance = answer.provenance();
      event.of(serving, provenance.waited().toNanos());
      event.route = provenance.route().toString();
      event.satisfied = provenance.satisfied();
      event.objects = answer.objects().size();
      event.requests = provenance.requests().sent();
      event.readers = provenance.requests().readers();
      event.bytes = provenance.bytes().body();
      event.seats = weight.seats();
      weight.instead().ifPresent(event::instead);
      event.commit();
    }
  }

  static void failed(Serving serving, FreshetException why, long tookNanos) {
    var event = new FlightRecord();
    if (event.isEnabled()) {
      event.of(serving, tookNanos);
      event.failure = why.getClass().getSimpleName();
      event.commit();
    }
  }

  private void of(Serving serving, long tookNanos) {
    ResourceType type = serving.scope().type();
    caller = serving.scope().caller();
    kind = type.qualifiedName();
    apiVersion = type.apiVersion();
    objectKind = type.kind();
    namespaced = type.namespaced();
    level = serving.level().name();
    endedAt = serving.cluster().time().monotonicNanos();
    took = tookNanos;
    bytesPerObject = serving.cluster().directCosts(type).bytesPerObject();
  }

  private void instead(Weight.ByFence by) {
    fence = by.route().toString();
    fenceLatency = by.latency().toNanos();
    endedAt = by.atNanos();
  }
}
