package dev.freshet.webhook.http;

import java.util.concurrent.Semaphore;

/** What becomes of a request, by its head. */
sealed interface Arrival {

  record Refused(Refusal refusal) implements Arrival {}

  /**
   * It may arrive and be worked on, and must {@link #leave} exactly once.
   *
   * @param head the request, its body still to come
   * @param room where it takes a place
   */
  record Admitted(HttpRequest head, HttpHandler handler, Semaphore room) implements Arrival {
    void leave() {
      room.release();
    }
  }
}
