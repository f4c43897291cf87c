package dev.freshet.cli.output;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What kubectl works out for an event, of the core group or of {@code events.k8s.io}. */
final class EventColumns {

  private EventColumns() {}

  static Optional<String> lastSeen(Fields fields) {
    return Stream.of(
            "series.lastObservedTime",
            "lastTimestamp",
            "deprecatedLastTimestamp",
            "eventTime",
            "metadata.creationTimestamp")
        .flatMap(path -> fields.text(path).stream())
        .findFirst();
  }

  static String object(Fields fields) {
    JsonNode core = fields.tree("involvedObject");
    JsonNode object = core.isMissingNode() ? fields.tree("regarding") : core;
    return object.path("kind").asString("").toLowerCase(Locale.ROOT)
        + "/"
        + object.path("name").asString("");
  }

  static String message(Fields fields) {
    return fields
        .text("message")
        .or(() -> fields.text("note"))
        .map(text -> text.strip().replaceAll("\\s+", " "))
        .orElse("");
  }
}
