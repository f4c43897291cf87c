package dev.freshet.trials.levels;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.testkit.TestkitException;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;

/**
 * One process of clients, as the rig sees it: orders go to its standard input, what it tells comes
 * back. It ends when this JVM does, for then its orders end. Thread-safe.
 */
final class ClientProcess implements AutoCloseable {
  private static final Duration ENDS_WITHIN = Duration.ofSeconds(10);

  private final int number;
  private final Process process;
  private final Path log;
  private final BufferedWriter orders;
  private final BufferedReader answers;
  private final ReentrantLock lock = new ReentrantLock();
  private final BlockingQueue<String> replies = new LinkedBlockingQueue<>();

  private ClientProcess(int number, Process process, Path log) {
    this.number = number;
    this.process = process;
    this.log = log;
    this.orders = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), UTF_8));
    this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
  }

  /**
   * Starts one.
   *
   * @param log where its log goes
   * @param told takes what it tells unasked, by its number
   */
  static ClientProcess start(
      int number, List<String> command, Path log, BiConsumer<Integer, String> told) {
    try {
      Process process =
          new ProcessBuilder(command).redirectError(Redirect.appendTo(log.toFile())).start();
      var client = new ClientProcess(number, process, log);
      Thread.ofPlatform().daemon().name("client-process-" + number).start(() -> client.read(told));
      return client;
    } catch (IOException e) {
      throw new TestkitException("Cannot start a process of clients: " + e.getMessage(), e);
    }
  }

  private void read(BiConsumer<Integer, String> told) {
    try {
      for (String line = answers.readLine(); line != null; line = answers.readLine()) {
        switch (verb(line)) {
          case "token", "progress", "alarm", "defect" -> told.accept(number, line);
          default -> replies.add(line);
        }
      }
    } catch (IOException e) {
      replies.add("broken " + e.getMessage());
    }
    replies.add("ended");
  }

  private static String verb(String line) {
    return line.split(" ", 2)[0];
  }

  /** Sends an order. */
  void order(String line) {
    lock.lock();
    try {
      orders.write(line);
      orders.newLine();
      orders.flush();
    } catch (IOException e) {
      throw new TestkitException(this + " takes no orders any more; see " + log + ".", e);
    } finally {
      lock.unlock();
    }
  }

  /** Waits for a reply that begins with this verb; the rest of it. */
  String await(String verb, Duration atMost) {
    try {
      String reply = replies.poll(atMost.toNanos(), TimeUnit.NANOSECONDS);
      if (reply == null) {
        throw new TestkitException(
            this
                + " did not tell \""
                + verb
                + "\" within "
                + atMost.toSeconds()
                + " s; see "
                + log);
      }
      if (!verb(reply).equals(verb)) {
        throw new TestkitException(
            this + " was to tell \"" + verb + "\" and told \"" + reply + "\"; see " + log);
      }
      return reply.substring(verb.length()).strip();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TestkitException("Interrupted while waiting for " + this + ".", e);
    }
  }

  @Override
  public String toString() {
    return "client process " + number;
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
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
