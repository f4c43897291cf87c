package dev.freshet.testkit.fault;

import io.netty.util.concurrent.Future;
import java.util.Map;

/** Where the pieces of one answer go. Calls take effect in their order, from any thread. */
sealed interface AnswerStream permits Http2Answer, Http1Answer {
  void start(int status, Map<String, String> headers);

  /** Sends bytes at once, in a frame of their own; the future ends when they have left. */
  Future<?> send(byte[] bytes);

  void end();

  /** Ends the stream; with HTTP/1.1, which has no streams, the connection. */
  void reset(StreamError error);
}
