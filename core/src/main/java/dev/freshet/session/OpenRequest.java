package dev.freshet.session;

import java.util.concurrent.CountDownLatch;

/** A request that may change objects and is not answered yet. Made by {@link Floors#begin}. */
public final class OpenRequest {

  final String collection;
  final String namespace;

  final long begun;

  final CountDownLatch settled = new CountDownLatch(1);

  /** When it began, in the session's order. */
  public long begun() {
    return begun;
  }

  OpenRequest(String collection, String namespace, long begun) {
    this.collection = collection;
    this.namespace = namespace;
    this.begun = begun;
  }
}
