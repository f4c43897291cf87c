package dev.freshet.cli;

import dev.freshet.testkit.Progress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Says how far long work is: on a terminal in one line that is rewritten, else in a line every few
 * seconds and at each new step. Thread-safe.
 */
final class ProgressLine implements Progress, AutoCloseable {

  private static final long REWRITE_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long PRINT_EVERY_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** A longer line would wrap, and then cannot be rewritten. */
  private static final int WIDTH = 78;

  private static final String CLEAR_LINE = "\r\033[K";

  private final Console console;
  private final boolean rewrites;
  private String what = "";
  private long shownNanos;
  private boolean lineOpen;

  ProgressLine(Console console) {
    this.console = console;
    this.rewrites = console.rewritesErr();
  }

  @Override
  public synchronized void report(Step step) {
    boolean isNew = !step.what().equals(what);
    boolean isLast = step.total() > 0 && step.done() >= step.total();
    long now = System.nanoTime();
    long every = rewrites ? REWRITE_EVERY_NANOS : PRINT_EVERY_NANOS;
    if (isNew || isLast || now - shownNanos >= every) {
      if (isNew && rewrites && lineOpen) {
        console.err().println();
      }
      what = step.what();
      shownNanos = now;
      show(step.describe());
    }
  }

  /** Begins a step whose extent is not known. */
  void begin(String step) {
    report(Step.of(step, Duration.ZERO));
  }

  private void show(String text) {
    if (rewrites) {
      console.err().print(CLEAR_LINE + (text.length() > WIDTH ? text.substring(0, WIDTH) : text));
      console.err().flush();
      lineOpen = true;
    } else {
      console.err().println(text);
    }
  }

  /** Ends the line, so that what follows begins a new one. */
  @Override
  public synchronized void close() {
    if (lineOpen) {
      console.err().println();
      lineOpen = false;
    }
  }
}
