package dev.freshet.webhook.http;

/** What a connection's {@link Exchanges} are told beside the requests. */
enum Signal {
  /** Bytes have come, of whatever. */
  BYTES,
  /** A connection without a request ends now. */
  CLOSE_IF_IDLE
}
