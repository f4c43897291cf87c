package dev.freshet.codec;

import java.nio.ByteBuffer;

/** Takes the body of one list answer in chunks of any size. For one thread. */
public interface ListDecoder {

  /**
   * Takes the next bytes; the buffer is consumed and not kept.
   *
   * @throws dev.freshet.error.MalformedResponseException if they are not part of a list
   * @throws dev.freshet.error.LimitExceededException if one item is larger than {@link
   *     DecodeLimits#MAX_OBJECT_BYTES}
   */
  void push(ByteBuffer chunk);

  /**
   * The body is complete.
   *
   * @throws dev.freshet.error.MalformedResponseException if it ended too early
   */
  ListEnd end();
}
