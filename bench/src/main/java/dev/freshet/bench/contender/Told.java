package dev.freshet.bench.contender;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a contender says: JSON lines. Written by hand, for a contender has only its own library. */
final class Told {
  private final PrintStream out;

  Told(PrintStream out) {
    this.out = out;
  }

  void millis(String measure, double value) {
    measure(measure, value, "ms");
  }

  /**
   * @param unit {@code ms}, {@code B} or {@code /s}
   */
  void measure(String measure, double value, String unit) {
    out.printf(
        Locale.ROOT, "{\"measure\":\"%s\",\"value\":%.6f,\"unit\":\"%s\"}%n", measure, value, unit);
  }

  /** A digest of all keys and versions, the same in every language. */
  void digest(Collection<Contender.Held> held) {
    String lines =
        held.stream()
            .map(pod -> pod.namespace() + "/" + pod.name() + "@" + pod.resourceVersion() + "\n")
            .sorted()
            .collect(Collectors.joining());
    try {
      byte[] sum = MessageDigest.getInstance("SHA-256").digest(lines.getBytes(UTF_8));
      out.println("{\"digest\":\"" + held.size() + ":" + HexFormat.of().formatHex(sum) + "\"}");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  /** When each version was seen first, in microseconds of the wall clock. */
  void seen(Map<String, Long> microsByVersion) {
    out.println(
        microsByVersion.entrySet().stream()
            .map(entry -> "\"" + entry.getKey() + "\":" + entry.getValue())
            .collect(Collectors.joining(",", "{\"seen\":{", "}}")));
  }

  void done(String order) {
    out.println("{\"done\":\"" + order + "\"}");
  }
}
