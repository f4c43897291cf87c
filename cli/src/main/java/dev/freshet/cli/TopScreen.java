package dev.freshet.cli;

import dev.freshet.cli.top.Frame;
import dev.freshet.cli.top.Look;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Looks on a whole terminal, which may be resized meanwhile. For one thread. */
final class TopScreen implements Looking.View<Look>, AutoCloseable {

  /** Asking for the size costs a process. */
  private static final long MEASURE_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Console console;
  private final Screen screen;
  private TerminalSize size;
  private long measuredNanos;
  private @Nullable Look last;

  TopScreen(Console console) {
    this.console = console;
    this.size = TerminalSize.now(console.environment());
    this.measuredNanos = System.nanoTime();
    this.screen = Screen.take(console.out());
  }

  @Override
  public void show(Look look) {
    last = look;
    screen.draw(Frame.lines(look, size.columns(), size.rows(), console::bold));
  }

  @Override
  public void tick() {
    if (System.nanoTime() - measuredNanos < MEASURE_EVERY_NANOS) {
      return;
    }
    measuredNanos = System.nanoTime();
    TerminalSize now = TerminalSize.now(console.environment());
    Look look = last;
    if (!now.equals(size) && look != null) {
      size = now;
      show(look);
    }
  }

  @Override
  public void close() {
    screen.close();
  }
}
