package dev.freshet.webhook.http;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A handler that holds its requests until the test lets them go. */
final class Held implements HttpHandler {

  private static final int PATIENCE_SECONDS = 20;

  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);
  private final CountDownLatch interrupted = new CountDownLatch(1);

  @Override
  public HttpAnswer handle(HttpRequest request) throws InterruptedException {
    reached.countDown();
    try {
      await(released);
    } catch (InterruptedException e) {
      interrupted.countDown();
      throw e;
    }
    return HttpAnswer.text(200, "held and released");
  }

  void awaitRequest() throws InterruptedException {
    await(reached);
  }

  void awaitInterrupt() throws InterruptedException {
    await(interrupted);
  }

  void release() {
    released.countDown();
  }

  private static void await(CountDownLatch latch) throws InterruptedException {
    if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("what was waited for did not come about");
    }
  }
}
