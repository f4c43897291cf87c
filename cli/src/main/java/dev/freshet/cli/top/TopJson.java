package dev.freshet.cli.top;

import dev.freshet.cli.staleness.Staleness;
import dev.freshet.load.ServerSigns;
import dev.freshet.object.ResourceVersion;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalDouble;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A look as one JSON object on one line: the same members always, null for what is not known. */
public final class TopJson {

  private static final JsonMapper JSON = new JsonMapper();
  private static final double NANOS_PER_SECOND = 1e9;

  /** Figures are given to the thousandth. */
  private static final double FRACTIONS = 1_000;

  private TopJson() {}

  public static String of(Look look) {
    ObjectNode tree = JSON.createObjectNode();
    tree.put(
        "time",
        look.time().truncatedTo(ChronoUnit.MILLIS).format(DateTimeFormatter.ISO_OFFSET_DATE_TIME));
    ObjectNode server = tree.putObject("server");
    server.put("name", look.server().name());
    server.put("address", look.server().address());
    server.put("version", look.server().version());
    tree.put("subject", look.subject());
    tree.put("trouble", look.trouble());
    ArrayNode kinds = tree.putArray("kinds");
    look.kinds().forEach(kind -> kind(kinds.addObject(), kind));
    ArrayNode callers = tree.putArray("callers");
    look.callers().forEach(caller -> caller(callers.addObject(), caller));
    met(tree.putObject("met"), look.met());
    inside(tree.putObject("metrics"), look.inside());
    return JSON.writeValueAsString(tree);
  }

  private static void kind(ObjectNode row, Look.Kind kind) {
    Staleness cache = kind.staleness();
    row.put("kind", cache.kind());
    put(row, "head", cache.head());
    put(row, "frontier", cache.frontier());
    put(row, "behindAtMostSeconds", seconds(cache.behindAtMost()));
    put(row, "eventsPerSecond", cache.eventsPerSecond());
    put(row, "bookmarkSecondsAgo", seconds(cache.lastBookmark()));
    put(row, "readsPerSecond", kind.reads());
    row.put("objects", cache.objects());
    row.put("bytes", cache.bytes());
    row.put("why", cache.why());
  }

  private static void caller(ObjectNode row, Look.Caller caller) {
    row.put("caller", caller.name());
    put(row, "readsPerSecond", caller.reads());
    put(row, "requestsPerSecond", caller.requests());
    put(row, "bytesPerSecond", caller.bytes());
    row.put("inFlight", caller.inFlight());
    row.put("waiting", caller.waiting());
    put(row, "overBudgetPerSecond", caller.overBudget());
    put(row, "refusedPerSecond", caller.refused());
    put(row, "budgetShare", caller.budgetShare());
  }

  private static void met(ObjectNode row, Look.Met met) {
    ServerSigns signs = met.signs();
    put(row, "latencySeconds", seconds(Optional.of(signs.latency())));
    put(row, "answeredPerSecond", met.answered());
    put(row, "refusedPerSecond", met.refused());
    put(row, "failedPerSecond", met.failed());
    put(row, "unansweredPerSecond", met.unanswered());
    row.put("inFlight", signs.inFlight());
    row.put("room", signs.room());
    put(row, "pauseSeconds", seconds(Optional.of(signs.pause())));
  }

  private static void inside(ObjectNode tree, Inside inside) {
    switch (inside) {
      case Inside.Hidden hidden -> {
        tree.put("problem", hidden.problem());
        tree.put("remedy", hidden.remedy());
      }
      case Inside.Shown shown -> {
        tree.put("bytes", shown.bytes());
        put(tree, "ageSeconds", seconds(Optional.of(shown.age())));
        tree.put("reading", shown.reading());
        tree.put("writing", shown.writing());
        ArrayNode levels = tree.putArray("priorityLevels");
        shown.levels().forEach(level -> level(levels.addObject(), level));
        ArrayNode kinds = tree.putArray("kinds");
        shown.kinds().forEach(load -> load(kinds.addObject(), load));
      }
    }
  }

  private static void level(ObjectNode row, Inside.PriorityLevel level) {
    row.put("name", level.name());
    row.put("executingSeats", level.executing());
    row.put("nominalSeats", level.nominal());
    row.put("limitSeats", level.limit());
    row.put("queued", level.queued());
    put(row, "rejectedPerSecond", level.rejected());
    ObjectNode reasons = row.putObject("rejectedPerSecondByReason");
    level
        .rejectedPerSecond()
        .forEach((reason, rate) -> put(reasons, reason, OptionalDouble.of(rate)));
  }

  private static void load(ObjectNode row, Inside.KindLoad load) {
    row.put("kind", load.kind());
    put(row, "listsPerSecond", load.lists());
    put(row, "listSeconds", load.listSeconds());
    put(row, "getsPerSecond", load.gets());
    put(row, "getSeconds", load.getSeconds());
    row.put("watches", load.watches());
    put(row, "watchesEndedPerSecond", load.watchesEnded());
    put(row, "consistentFromCachePerSecond", load.cached());
    put(row, "consistentFallbackPerSecond", load.fallback());
    put(row, "watchCacheWaitSeconds", load.waitSeconds());
    put(row, "watchCacheVersion", load.cacheVersion());
  }

  private static OptionalDouble seconds(Optional<Duration> duration) {
    return duration.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(duration.get().toNanos() / NANOS_PER_SECOND);
  }

  private static void put(ObjectNode row, String name, Optional<ResourceVersion> version) {
    if (version.isPresent()) {
      row.put(name, version.get().text());
    } else {
      row.putNull(name);
    }
  }

  private static void put(ObjectNode row, String name, OptionalDouble value) {
    if (value.isPresent()) {
      row.put(name, Math.round(value.getAsDouble() * FRACTIONS) / FRACTIONS);
    } else {
      row.putNull(name);
    }
  }
}
