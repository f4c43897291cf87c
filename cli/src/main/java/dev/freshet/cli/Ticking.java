package dev.freshet.cli;

import dev.freshet.testkit.Progress.Step;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Reports how far something is, several times a second, until it is closed. */
final class Ticking implements AutoCloseable {

  private static final Duration INTERVAL = Duration.ofMillis(250);

  private final ProgressLine progress;
  private final String what;
  private final long total;
  private final long startNanos = System.nanoTime();
  private final Thread thread;

  private Ticking(ProgressLine progress, String what, long total, LongSupplier done) {
    this.progress = progress;
    this.what = what;
    this.total = total;
    this.thread =
        Thread.ofVirtual()
            .name("freshet-progress")
            .unstarted(
                () -> {
                  while (!Thread.currentThread().isInterrupted()) {
                    report(total == 0 ? 0 : Math.min(done.getAsLong(), total - 1));
                    pause();
                  }
                });
  }

  static Ticking start(ProgressLine progress, String what, long total, LongSupplier done) {
    var ticking = new Ticking(progress, what, total, done);
    ticking.thread.start();
    return ticking;
  }

  private void report(long done) {
    var elapsed = Duration.ofNanos(System.nanoTime() - startNanos);
    progress.report(new Step(what, done, total, false, elapsed));
  }

  private static void pause() {
    try {
      Thread.sleep(INTERVAL);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Reports that all is done, and ends. */
  void finish() throws InterruptedException {
    thread.interrupt();
    thread.join();
    report(total);
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
