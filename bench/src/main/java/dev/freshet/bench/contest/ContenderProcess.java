package dev.freshet.bench.contest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.testkit.TestkitException;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A contender's process: orders go to its standard input, measures come back. It ends when this JVM
 * does, for then its orders end. For one thread.
 */
final class ContenderProcess implements AutoCloseable {
  private static final Duration ENDS_WITHIN = Duration.ofSeconds(5);
  private static final String ENDED = "";
  private static final String PEAK = "VmHWM:";
  private static final long KIBIBYTE = 1_024;

  private final String name;
  private final Process process;
  private final Path log;
  private final BufferedWriter orders;
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

  private ContenderProcess(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
    this.orders = process.outputWriter(UTF_8);
  }

  /**
   * What an order gave.
   *
   * @param digest of all keys and versions, if that was asked for; else empty
   */
  record Reply(List<Measure> measures, String digest) {}

  /**
   * @param log where what it says beside its answers is appended
   */
  static ContenderProcess start(String name, List<String> command, Path log) {
    try {
      Process process =
          new ProcessBuilder(command).redirectError(Redirect.appendTo(log.toFile())).start();
      var contender = new ContenderProcess(name, process, log);
      Thread.ofPlatform().daemon().name("answers-of-" + name).start(contender::read);
      return contender;
    } catch (IOException e) {
      throw new TestkitException("Cannot start " + name + ": " + e.getMessage(), e);
    }
  }

  private void read() {
    try (BufferedReader lines = process.inputReader(UTF_8)) {
      lines.lines().forEach(answers::add);
    } catch (IOException | java.io.UncheckedIOException e) {
      // It has been killed: what was read until then stands, and the end says so.
    }
    answers.add(ENDED);
  }

  /**
   * Gives an order and waits until it is done.
   *
   * @throws TestkitException if the process ends instead, or takes longer
   */
  Reply order(String order, Duration within) {
    List<Measure> measures = new ArrayList<>();
    String digest = "";
    long deadline = System.nanoTime() + within.toNanos();
    try {
      orders.write(order + "\n");
      orders.flush();
      while (true) {
        String line = answers.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (line == null) {
          throw failed("has not done \"" + order + "\" within " + within.toSeconds() + " s");
        }
        if (line.equals(ENDED)) {
          throw failed("ended at \"" + order + "\"");
        }
        if (!line.startsWith("{")) {
          continue; // What a JVM says of itself, such as that it has run out of memory.
        }
        JsonNode answer = JsonMapper.shared().readTree(line);
        if (answer.has("done")) {
          return new Reply(List.copyOf(measures), digest);
        }
        digest = answer.path("digest").asString(digest);
        if (answer.has("measure")) {
          measures.add(
              new Measure(
                  answer.path("measure").asString(),
                  answer.path("value").asDouble(),
                  answer.path("unit").asString()));
        }
      }
    } catch (IOException e) {
      throw failed("takes no orders any more");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("was interrupted");
    }
  }

  private TestkitException failed(String how) {
    return new TestkitException(name + " " + how + "; see " + log + ".");
  }

  /** The processor time that it has used, all threads together. */
  Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** The most memory that it has had resident so far, in bytes. */
  long peakResidentBytes() {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    try {
      for (String line : Files.readAllLines(status)) {
        if (line.startsWith(PEAK)) {
          String kibibytes = line.substring(PEAK.length()).replace("kB", "").strip();
          return Long.parseLong(kibibytes) * KIBIBYTE;
        }
      }
    } catch (IOException e) {
      throw new TestkitException("Cannot read " + status + ": the bench runs on Linux.", e);
    }
    throw new TestkitException(status + " tells no " + PEAK);
  }

  /** Ends it, whatever it does. */
  @Override
  public void close() {
    try {
      orders.close();
    } catch (IOException alreadyGone) {
      // What it was to be told last does not matter any more.
    }
    try {
      if (!process.waitFor(ENDS_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
