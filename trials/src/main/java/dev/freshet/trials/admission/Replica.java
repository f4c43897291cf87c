package dev.freshet.trials.admission;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.examples.rayworkerquota.Mode;
import dev.freshet.testkit.TestkitException;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A process of the webhook, as the rig sees it. It ends when this JVM does. For one thread. */
final class Replica implements AutoCloseable {
  private static final Duration ANSWERS_WITHIN = Duration.ofMinutes(3);
  private static final Duration ENDS_WITHIN = Duration.ofSeconds(20);

  private final Process process;
  private final BufferedWriter orders;
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private final int port;

  private Replica(Process process) {
    this.process = process;
    this.orders = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), UTF_8));
    Thread.ofPlatform().daemon().name("replica").start(this::listen);
    this.port = Integer.parseInt(await("ready"));
  }

  /**
   * Starts one, and waits until it serves.
   *
   * @param directory where its certificates are
   * @param kubeconfig how it connects
   * @param system the namespace of claims and of what is touched
   * @param log where its log goes
   */
  static Replica start(
      Path directory,
      Path kubeconfig,
      Mode way,
      String system,
      int quota,
      Duration requestTimeout,
      Path log) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(ReplicaMain.class.getName());
    command.addAll(List.of(directory.toString(), kubeconfig.toString(), way.name(), system));
    command.add(Integer.toString(quota));
    command.add(Long.toString(requestTimeout.toSeconds()));
    try {
      return new Replica(
          new ProcessBuilder(command).redirectError(Redirect.appendTo(log.toFile())).start());
    } catch (IOException e) {
      throw new TestkitException("Cannot start a process of the webhook: " + e.getMessage(), e);
    }
  }

  private void listen() {
    try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        told.add(line);
      }
    } catch (IOException killed) {
      // It tells nothing more.
    }
    told.add("ended");
  }

  private String await(String verb) {
    try {
      String line = told.poll(ANSWERS_WITHIN.toSeconds(), TimeUnit.SECONDS);
      if (line == null || !line.startsWith(verb + " ")) {
        throw new TestkitException("A process of the webhook was to tell " + verb + ": " + line);
      }
      return line.substring(verb.length() + 1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TestkitException("Interrupted while waiting for the webhook.", e);
    }
  }

  int port() {
    return port;
  }

  /** What its reviews have taken: how many, the median and the 99th percentile in milliseconds. */
  String took() {
    try {
      orders.write("tell\n");
      orders.flush();
    } catch (IOException e) {
      throw new TestkitException("The webhook takes no orders any more.", e);
    }
    return await("took");
  }

  /** Ends it in the middle of whatever it does. */
  void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** Asks it to end, by SIGTERM, and waits until it has. */
  void terminate() {
    process.destroy();
    awaitEnd();
  }

  private void awaitEnd() {
    try {
      if (!process.waitFor(ENDS_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    terminate();
  }
}
