package dev.freshet.transport;

import java.time.Duration;

/**
 * When a connection that carries several exchanges is asked whether it still works. HTTP/2 has PING
 * for that, which the JDK's client cannot send, so a small request takes its place.
 *
 * @param quiet how long nothing may have come on it before it is asked
 * @param answer how long the answer may take before the connection is given up
 */
record Keepalive(Duration quiet, Duration answer) {

  /** A half-open connection is given up after 15 s; a healthy quiet one costs 6 requests/min. */
  static final Keepalive STANDARD = new Keepalive(Duration.ofSeconds(10), Duration.ofSeconds(5));
}
