package dev.freshet.examples.mixedreads;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;

/**
 * The program. Its environment names the namespace that it looks after ({@code POD_NAMESPACE}) and
 * the port of its pages ({@code PORT}, 8080 unless set); it connects as kubectl would. When it is
 * told to end, as by Ctrl-C or SIGTERM, it prints what its readers have cost.
 */
public final class Main {
  private static final String DEFAULT_PORT = "8080";
  private static final Duration ENDS_WITHIN = Duration.ofSeconds(10);

  private Main() {}

  public static void main(String[] args) throws IOException {
    String namespace = Objects.requireNonNull(System.getenv("POD_NAMESPACE"), "POD_NAMESPACE");
    int port = Integer.parseInt(System.getenv().getOrDefault("PORT", DEFAULT_PORT));
    try (var program = new MixedReads(namespace, port, options -> {})) {
      System.out.printf("http://127.0.0.1:%d/ shows the shards%n", program.port());
      endWhenTold();
      program.run();
      System.out.print(LoadReport.of(program.freshet().load()));
    }
  }

  /** Interrupts this thread when the JVM is to end, and lets it finish. */
  private static void endWhenTold() {
    Thread running = Thread.currentThread();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(running), "end"));
  }

  private static void end(Thread running) {
    running.interrupt();
    try {
      var unused = running.join(ENDS_WITHIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
