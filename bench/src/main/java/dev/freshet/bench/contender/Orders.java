package dev.freshet.bench.contender;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Carries out orders, a line each, and answers with JSON lines: measures, and one that says that
 * the order is done. Ends when its orders do.
 */
final class Orders {
  private static final int CROWD = 64;

  private final Contender contender;
  private final Told told;
  private final Map<String, Long> seen = new ConcurrentHashMap<>();

  Orders(Contender contender, PrintStream out) {
    this.contender = contender;
    this.told = new Told(out);
  }

  void carryOutAll(BufferedReader orders) throws IOException {
    for (String order = orders.readLine(); order != null; order = orders.readLine()) {
      carryOut(List.of(order.split(" ", -1)));
      told.done(order);
    }
  }

  private void carryOut(List<String> words) {
    switch (words.getFirst()) {
      case "sync" -> told.millis("first sync", Timing.once(contender::fill));
      case "again" -> {
        contender.letGo();
        told.millis("second cache", Timing.once(contender::fill));
      }
      case "rest" -> Rest.untilIdle();
      case "digest" -> told.digest(contender.held());
      case "list" -> time("list " + words.get(1) + " % ", contender.lists(), words.get(2));
      case "get" -> get();
      case "direct" -> time("direct list ", contender.directs(), words.get(1));
      case "strong" -> strong(words.get(1), words.get(2));
      case "crowd" -> crowd(words.get(1));
      case "follow" -> contender.follow(version -> seen.putIfAbsent(version, microsOfWallClock()));
      case "seen" -> told.seen(seen);
      case "begin" -> begin(Path.of(words.get(1)), words.get(2));
      case "end" -> contender.letGo();
      case "events" ->
          contender
              .eventsPerSecond(Path.of(words.get(1)), Path.of(words.get(2)))
              .ifPresent(rate -> told.measure("recorded events", rate, "/s"));
      case "memory" -> memory(words.get(1));
      default -> throw new IllegalArgumentException("unknown order: " + words);
    }
  }

  private static long microsOfWallClock() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
  }

  private void time(String measure, List<Way<String>> ways, String label) {
    for (Way<String> way : ways) {
      told.millis(measure + way.name(), Timing.often(() -> way.apply(label)));
    }
  }

  private void get() {
    timeEach("get " + Contender.GETS + " ", contender.gets());
    timeEach(Contender.GETS + " objects ", contender.objects());
  }

  private void timeEach(String measure, List<Way<Contender.Held>> ways) {
    List<Contender.Held> some = contender.held().stream().limit(Contender.GETS).toList();
    for (Way<Contender.Held> way : ways) {
      told.millis(
          measure + way.name(), Timing.often(() -> some.stream().mapToLong(way.call()).sum()));
    }
  }

  private void strong(String busy, String label) {
    Contender.Busy where = Contender.Busy.valueOf(busy.toUpperCase(Locale.ROOT));
    time("strong list by ", contender.strongs(where), label);
  }

  private void crowd(String label) {
    for (Way<String> way : contender.crowds()) {
      told.measure(
          CROWD + " readers " + way.name(), Timing.perSecond(CROWD, () -> way.apply(label)), "/s");
    }
  }

  private void begin(Path directory, String label) {
    told.millis("begin", Timing.once(() -> contender.begin(directory, label)));
  }

  /** What the memory loses when the cache goes, after each way to list has been gone once. */
  private void memory(String label) {
    contender.lists().forEach(way -> way.apply(label));
    int objects = contender.held().size();
    Memory with = Memory.settled();
    contender.letGo();
    Memory without = Memory.settled();
    Memory of = with.less(without);
    told.measure("heap per object", (double) of.bytes() / objects, "B");
    told.measure("of it Java objects", (double) of.heap() / objects, "B");
    told.measure("of it buffers", (double) of.buffers() / objects, "B");
    told.measure("of it native", (double) of.nativeOfLibraries() / objects, "B");
    told.measure("memory left", (double) without.bytes(), "B");
  }
}
