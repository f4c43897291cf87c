package dev.freshet.webhook.http;

import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One handler at work on one request; interrupted if the client goes away.
 *
 * @param answered takes the answer, on the thread that worked
 */
record Work(Arrival.Admitted admitted, HttpRequest request, Consumer<HttpAnswer> answered)
    implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(Work.class);

  private static final HttpAnswer FAILED =
      HttpAnswer.text(500, "the handler of this path failed; its log says why");

  @Override
  public void run() {
    HttpAnswer answer = FAILED;
    try {
      answer = admitted.handler().handle(request);
    } catch (InterruptedException e) {
      LOG.debug("A request to {} was given up: its client is gone", request.path());
    } catch (Exception | Error e) {
      LOG.error("A request to {} failed", request.path(), e);
    } finally {
      // Before the answer, so that who waits for it finds room for the next request.
      admitted.leave();
    }
    answered.accept(answer);
  }
}
