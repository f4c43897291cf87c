package dev.freshet.testkit.fault;

import io.netty.handler.codec.http2.Http2Error;

/** Why a stream is reset, as HTTP/2 names it (RFC 9113, section 7). */
public enum StreamError {
  /** Nothing went wrong: the server does not need the rest of the request. */
  NO_ERROR(Http2Error.NO_ERROR),

  /** The server met a defect of its own; the request may have been done. */
  INTERNAL_ERROR(Http2Error.INTERNAL_ERROR),

  /** The request was not looked at; a client may send it again, a POST too. */
  REFUSED_STREAM(Http2Error.REFUSED_STREAM),

  /** The stream is no longer wanted. */
  CANCEL(Http2Error.CANCEL),

  /** The client asks too much. */
  ENHANCE_YOUR_CALM(Http2Error.ENHANCE_YOUR_CALM);

  private final Http2Error code;

  StreamError(Http2Error code) {
    this.code = code;
  }

  Http2Error code() {
    return code;
  }
}
