package dev.freshet.govern;

import dev.freshet.load.Budget;
import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/**
 * A request that was not sent or not answered for want of room, for the JDK's flight recorder.
 * Unlike reads it is in every recording: where refusals are many, they are the news.
 */
@Name(RefusalRecord.NAME)
@Label("Refusal")
@Category("Freshet")
@Description("A request that the budget did not allow in time, or the API server had no room for")
@StackTrace(false)
public final class RefusalRecord extends Event {

  public static final String NAME = "dev.freshet.Refusal";

  @Label("Caller")
  String caller = "";

  @Label("By the Server")
  @Description("Else by the budget, before it was sent")
  boolean byServer;

  @Label("Priority")
  String priority = "";

  @Label("Budget: Requests per Second")
  double requestsPerSecond;

  @Label("Budget: Requests at a Time")
  int concurrent;

  @Label("Budget: Bytes per Second")
  @DataAmount
  long bytesPerSecond;

  @Label("Budget: Burst")
  @Timespan(Timespan.NANOSECONDS)
  long burst;

  private RefusalRecord() {}

  static void of(Caller refused, boolean byServer) {
    if (!FlightRecorder.isInitialized()) {
      return;
    }
    var event = new RefusalRecord();
    if (event.isEnabled()) {
      Budget budget = refused.allowance.budget();
      event.caller = refused.name;
      event.byServer = byServer;
      event.priority = refused.priority.name();
      event.requestsPerSecond = budget.requestsPerSecond();
      event.concurrent = budget.concurrent();
      event.bytesPerSecond = budget.bytesPerSecond();
      event.burst = budget.burst().toNanos();
      event.commit();
    }
  }
}
