package dev.freshet.bench.contender;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Carries out orders, a line each, and answers with JSON lines: measures, and one that says that
 * the order is done. Ends when its orders do.
 */
final class Orders {
  private final Contender contender;
  private final PrintStream out;

  Orders(Contender contender, PrintStream out) {
    this.contender = contender;
    this.out = out;
  }

  void carryOutAll(BufferedReader orders) throws IOException {
    for (String order = orders.readLine(); order != null; order = orders.readLine()) {
      carryOut(List.of(order.split(" ", -1)));
      out.println("{\"done\":\"" + order + "\"}");
    }
  }

  private void carryOut(List<String> words) {
    switch (words.getFirst()) {
      case "sync" -> tell("first sync", Timing.once(contender::fill), "ms");
      case "again" -> {
        contender.letGo();
        tell("second cache", Timing.once(contender::fill), "ms");
      }
      case "digest" -> out.println("{\"digest\":\"" + digest(contender.held()) + "\"}");
      case "list" -> list(words.get(1), words.get(2));
      case "get" -> get();
      case "direct" -> direct(words.get(1));
      case "memory" -> memory();
      default -> throw new IllegalArgumentException("unknown order: " + words);
    }
  }

  private void list(String percent, String label) {
    contender
        .lists()
        .forEach(
            (name, list) ->
                tell(
                    "list " + percent + " % " + name,
                    Timing.often(() -> list.applyAsLong(label)),
                    "ms"));
  }

  private void get() {
    List<Contender.Held> some = contender.held().stream().limit(Contender.GETS).toList();
    contender
        .gets()
        .forEach(
            (name, get) ->
                tell(
                    "get " + Contender.GETS + " " + name,
                    Timing.often(() -> some.stream().mapToLong(get).sum()),
                    "ms"));
  }

  private void direct(String label) {
    contender
        .directs()
        .forEach(
            (name, list) ->
                tell("direct list " + name, Timing.often(() -> list.applyAsLong(label)), "ms"));
  }

  /** What the memory loses when the cache goes. */
  private void memory() {
    int objects = contender.held().size();
    long with = Memory.bytesAfterCollection();
    contender.letGo();
    long without = Memory.bytesAfterCollection();
    tell("heap per object", (double) (with - without) / objects, "B");
    tell("heap left", (double) without, "B");
  }

  private void tell(String measure, double value, String unit) {
    out.printf(
        Locale.ROOT, "{\"measure\":\"%s\",\"value\":%.6f,\"unit\":\"%s\"}%n", measure, value, unit);
  }

  private static String digest(Collection<Contender.Held> held) {
    String lines =
        held.stream()
            .map(pod -> pod.namespace() + "/" + pod.name() + "@" + pod.resourceVersion() + "\n")
            .sorted()
            .collect(Collectors.joining());
    try {
      byte[] sum = MessageDigest.getInstance("SHA-256").digest(lines.getBytes(UTF_8));
      return held.size() + ":" + HexFormat.of().formatHex(sum);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
