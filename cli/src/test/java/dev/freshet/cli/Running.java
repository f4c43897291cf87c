package dev.freshet.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** A command that runs until it is interrupted. */
final class Running implements AutoCloseable {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final CompletableFuture<Integer> code = new CompletableFuture<>();
  private final Thread thread;

  Running(String... args) {
    Console console = new Console(print(out), print(err), false, false, Map.of());
    thread = Thread.ofVirtual().start(() -> code.complete(Main.run(console, args)));
  }

  private static PrintStream print(ByteArrayOutputStream into) {
    return new PrintStream(into, true, StandardCharsets.UTF_8);
  }

  List<String> lines() {
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  List<String> errLines() {
    return err.toString(StandardCharsets.UTF_8).lines().toList();
  }

  void awaitLine(String part) {
    until(
        () -> lines().stream().anyMatch(line -> line.contains(part)),
        () -> part + " in " + lines() + errLines());
  }

  void awaitNote(String part) {
    until(
        () -> errLines().stream().anyMatch(line -> line.contains(part)),
        () -> part + " in " + errLines());
  }

  int end() {
    thread.interrupt();
    return code.orTimeout(60, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    end();
  }

  private static void until(BooleanSupplier condition, Supplier<String> what) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("still no " + what.get());
      }
      LockSupport.parkNanos(5_000_000);
    }
  }
}
