package dev.freshet.testkit.fault;

/** How a {@link RequestProxy} ends an answer that does not end well. */
public enum Break {
  /** Only the request's own stream is reset (RST_STREAM, INTERNAL_ERROR). */
  STREAM,

  /** The TCP connection is closed without a farewell, with every other request on it. */
  CONNECTION
}
