package dev.freshet.feed;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Where work goes on that nobody waits for: one thread of this process, while there is any. */
final class BackgroundWork {

  private static final long IDLE_SECONDS = 10;
  private static final Executor SHARED = executor();

  private BackgroundWork() {}

  static Executor shared() {
    return SHARED;
  }

  private static Executor executor() {
    var executor =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("freshet-background").factory());
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }
}
