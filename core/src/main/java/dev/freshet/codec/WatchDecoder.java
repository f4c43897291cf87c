package dev.freshet.codec;

import java.nio.ByteBuffer;

/** Takes the body of one watch answer in chunks of any size. For one thread. */
public interface WatchDecoder {

  /**
   * Takes the next bytes; the buffer is consumed and not kept.
   *
   * @throws dev.freshet.error.MalformedResponseException if they are not part of a watch stream
   * @throws dev.freshet.error.LimitExceededException if one event is larger than {@link
   *     DecodeLimits#MAX_OBJECT_BYTES}
   */
  void push(ByteBuffer chunk);

  /**
   * The stream ended.
   *
   * @throws dev.freshet.error.MalformedResponseException if it ended inside an event
   */
  void end();
}
