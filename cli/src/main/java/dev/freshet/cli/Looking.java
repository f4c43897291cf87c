package dev.freshet.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options that say how often and how long a command looks, and the looking. */
final class Looking {

  private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(200);

  /** How soon an interrupt is heeded. */
  private static final Duration LISTEN_EVERY = Duration.ofMillis(50);

  @Option(
      names = "--interval",
      paramLabel = "DURATION",
      converter = Durations.Converter.class,
      description = "Time between two looks. Default 2s.")
  private Duration interval = Duration.ofSeconds(2);

  @Option(names = "--once", description = "Look once, when the caches are synced.")
  private boolean once;

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      converter = Durations.Converter.class,
      description = "End after this time. Default: until interrupted.")
  private Optional<Duration> length = Optional.empty();

  /** What becomes of looks. */
  interface View<T> {
    /** One is there. */
    void show(T look);

    /** Called many times a second in between. */
    default void tick() {}
  }

  boolean once() {
    return once;
  }

  void requireSense(CommandSpec spec) {
    if (interval.compareTo(SHORTEST_INTERVAL) < 0) {
      throw usage(spec, "--interval is " + SHORTEST_INTERVAL.toMillis() + "ms or more");
    }
    if (once && length.isPresent()) {
      throw usage(spec, "--once and --for exclude each other");
    }
  }

  private static ParameterException usage(CommandSpec spec, String problem) {
    return new ParameterException(spec.commandLine(), problem);
  }

  /**
   * Looks again and again, until the user has had enough, the time is over or nobody reads any
   * more. A look that is under way when the time is over is still shown. A look that takes long
   * holds up the next, and neither an interrupt nor {@link View#tick}.
   */
  <T> void follow(Supplier<T> look, View<T> view, Interrupted interrupted, Console console) {
    long start = System.nanoTime();
    long next = start;
    CompletableFuture<T> looking = new CompletableFuture<>();
    boolean underWay = false;
    while (!interrupted.came() && (underWay || !isOver(start)) && !console.out().checkError()) {
      if (!underWay && System.nanoTime() - next >= 0) {
        next = System.nanoTime() + interval.toNanos();
        underWay = true;
        looking =
            CompletableFuture.supplyAsync(
                look, task -> Thread.ofVirtual().name("freshet-looks").start(task));
      }
      if (underWay && looking.isDone()) {
        underWay = false;
        view.show(done(looking));
      } else {
        view.tick();
        LockSupport.parkNanos(LISTEN_EVERY.toNanos());
      }
    }
  }

  /** Looks twice, an interval apart, for rates of what is counted in between; gives the second. */
  <T> T twice(Supplier<T> look, Interrupted interrupted) {
    var unused = look.get();
    long start = System.nanoTime();
    while (!interrupted.came() && System.nanoTime() - start < interval.toNanos()) {
      LockSupport.parkNanos(LISTEN_EVERY.toNanos());
    }
    return look.get();
  }

  private static <T> T done(CompletableFuture<T> looking) {
    try {
      return looking.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private boolean isOver(long startNanos) {
    return length.isPresent() && System.nanoTime() - startNanos >= length.get().toNanos();
  }
}
