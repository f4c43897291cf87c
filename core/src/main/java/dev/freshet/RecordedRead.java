package dev.freshet;

import dev.freshet.object.ResourceType;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import jdk.jfr.consumer.RecordedEvent;

/**
 * A read as {@link FlightRecord} has written it.
 *
 * @param route empty if it failed
 * @param endedAtNanos on the program's monotonic clock
 * @param bytesPerObject of a list of the kind, as the program knew it then
 */
record RecordedRead(
    String caller,
    ResourceType kind,
    String level,
    Optional<Route> route,
    long endedAtNanos,
    Duration took,
    int objects,
    Provenance.Requests requests,
    long bytes,
    Weight weight,
    double bytesPerObject) {

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException if a field is missing or holds what nobody knows
   */
  static RecordedRead of(RecordedEvent event) {
    long endedAt = event.getLong("endedAt");
    Optional<Weight.ByFence> fence =
        route(event.getString("fence"))
            .map(by -> new Weight.ByFence(by, event.getDuration("fenceLatency"), endedAt));
    return new RecordedRead(
        event.getString("caller"),
        type(event),
        event.getString("level"),
        route(event.getString("route")),
        endedAt,
        event.getDuration("took"),
        event.getInt("objects"),
        new Provenance.Requests(event.getInt("requests"), event.getInt("readers")),
        event.getLong("bytes"),
        new Weight(event.getDouble("seats"), fence),
        event.getDouble("bytesPerObject"));
  }

  private static Optional<Route> route(String name) {
    return name.isEmpty()
        ? Optional.empty()
        : Optional.of(Route.valueOf(name.toUpperCase(Locale.ROOT)));
  }

  private static ResourceType type(RecordedEvent event) {
    String qualified = event.getString("kind");
    String apiVersion = event.getString("apiVersion");
    int slash = apiVersion.indexOf('/');
    String group = slash < 0 ? "" : apiVersion.substring(0, slash);
    String plural =
        slash < 0 ? qualified : qualified.substring(0, qualified.length() - group.length() - 1);
    return new ResourceType(
        group,
        apiVersion.substring(slash + 1),
        plural,
        event.getString("objectKind"),
        event.getBoolean("namespaced"));
  }
}
