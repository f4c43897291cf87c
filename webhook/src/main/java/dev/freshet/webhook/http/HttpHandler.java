package dev.freshet.webhook.http;

/** Answers the requests to one path. Called by many threads at once. */
@FunctionalInterface
public interface HttpHandler {

  /**
   * Answers one request, on a virtual thread of its own. It may block and has no deadline here: its
   * caller's patience ends it, since the thread is interrupted when the client goes away. Whatever
   * it throws is logged and becomes a 500 that shows nothing of it.
   */
  HttpAnswer handle(HttpRequest request) throws InterruptedException;
}
