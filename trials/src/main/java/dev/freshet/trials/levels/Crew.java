package dev.freshet.trials.levels;

import dev.freshet.testkit.TestkitException;
import dev.freshet.testkit.history.History;
import dev.freshet.testkit.history.HistoryFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The client processes of a leg. It gives all of them the same order and waits for all; hands the
 * tokens of each to some other; and makes sure that their clocks are this JVM's. For one thread.
 */
final class Crew implements AutoCloseable {
  private static final Duration STARTS_WITHIN = Duration.ofMinutes(2);

  /** A write that fabric8 repeats on a connection that is half open takes more than two minutes. */
  private static final Duration REPLIES_WITHIN = Duration.ofMinutes(4);

  private static final int PINGS = 50;
  private static final int MAX_DEFECTS = 20;

  private final List<ClientProcess> processes = new ArrayList<>();
  private final List<Path> histories = new ArrayList<>();
  private final Map<Integer, Progress> progress = new ConcurrentHashMap<>();
  private final AtomicLong tokens = new AtomicLong();
  private final List<String> defects = new CopyOnWriteArrayList<>();
  private final List<String> alarms = new CopyOnWriteArrayList<>();

  /** How far one process is. */
  private record Progress(long answered, long alarmed, Map<String, Long> failures) {
    static Progress of(String line) {
      String[] words = line.split(" ", -1);
      Map<String, Long> failures = new TreeMap<>();
      for (int i = 3; i < words.length; i++) {
        String[] failure = words[i].split("=", 2);
        failures.put(failure[0], Long.parseLong(failure[1]));
      }
      return new Progress(Long.parseLong(words[1]), Long.parseLong(words[2]), failures);
    }
  }

  /** Where one process reads: a kubeconfig and one of its contexts. */
  record Place(Path kubeconfig, String context) {}

  /**
   * Starts a process for each place, and waits until their caches are synced.
   *
   * @param directory where their logs and histories go
   */
  static Crew start(List<Place> places, Clientele clientele, long seed, Path directory) {
    var crew = new Crew();
    try {
      for (int i = 0; i < places.size(); i++) {
        Path history = directory.resolve("history-" + i + ".jsonl.gz");
        crew.histories.add(history);
        crew.processes.add(
            ClientProcess.start(
                i,
                command(i, clientele, places.get(i), seed + i, history),
                directory.resolve("client-process-" + i + ".log"),
                crew::told));
      }
      crew.processes.forEach(process -> process.await("ready", STARTS_WITHIN));
      crew.processes.forEach(Crew::demandOneClock);
      return crew;
    } catch (RuntimeException e) {
      crew.close();
      throw e;
    }
  }

  /** Clients take what servers leave: else a server that has to start again takes for ever. */
  private static List<String> command(
      int number, Clientele clientele, Place place, long seed, Path history) {
    return List.of(
        "nice",
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx768m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-cp",
        System.getProperty("java.class.path"),
        ClientMain.class.getName(),
        Integer.toString(number),
        clientele.name(),
        place.kubeconfig().toString(),
        place.context(),
        Long.toString(seed),
        history.toString());
  }

  /** Intervals of several processes can be compared only if each reads its times off one clock. */
  private static void demandOneClock(ClientProcess process) {
    for (int i = 0; i < PINGS; i++) {
      long beforeNanos = System.nanoTime();
      process.order("ping");
      long there = Long.parseLong(process.await("pong", REPLIES_WITHIN));
      long afterNanos = System.nanoTime();
      if (there - beforeNanos < 0 || afterNanos - there < 0) {
        throw new TestkitException(
            "%s read %d off its clock between %d and %d of ours: System.nanoTime() of two JVMs is not one clock here, and their histories cannot be judged together."
                .formatted(process, there, beforeNanos, afterNanos));
      }
    }
  }

  private void told(int from, String line) {
    String[] words = line.split(" ", 2);
    switch (words[0]) {
      case "token" -> {
        int other = (int) (from + 1 + tokens.getAndIncrement() % (processes.size() - 1));
        processes.get(other % processes.size()).order(line);
      }
      case "progress" -> progress.put(from, Progress.of(line));
      case "alarm" -> alarms.add(words[1]);
      default -> {
        if (defects.size() < MAX_DEFECTS) {
          defects.add("process " + from + ": " + words[1]);
        }
      }
    }
  }

  /** Sends all of them an order that has no reply. */
  void order(String order) {
    processes.forEach(process -> process.order(order));
  }

  /** Sends all of them an order, and waits until all have replied with this word. */
  void order(String order, String reply) {
    order(order);
    processes.forEach(process -> process.await(reply, REPLIES_WITHIN));
  }

  /** How many answers they have had. */
  long answered() {
    return progress.values().stream().mapToLong(Progress::answered).sum();
  }

  /** How many answers came with an alarm. */
  long alarmed() {
    return progress.values().stream().mapToLong(Progress::alarmed).sum();
  }

  /** How many reads failed, by the class of the failure. */
  Map<String, Long> failures() {
    Map<String, Long> all = new TreeMap<>();
    progress.values().forEach(p -> p.failures().forEach((why, n) -> all.merge(why, n, Long::sum)));
    return all;
  }

  /** How many tokens went from one process to another. */
  long tokens() {
    return tokens.get();
  }

  /** What was thrown that may never be thrown. */
  List<String> defects() {
    return List.copyOf(defects);
  }

  /** Some of the alarms. */
  List<String> alarms() {
    return List.copyOf(alarms);
  }

  /** Has their histories written, and reads them; they end with this. */
  List<History> histories() {
    order("write", "written");
    return histories.stream().map(file -> HistoryFile.read(file).history()).toList();
  }

  @Override
  public void close() {
    processes.forEach(ClientProcess::close);
  }
}
