package dev.freshet.transport;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * An answer whose headers are here and whose body is arriving. For one thread at a time, but {@link
 * #close()} may come from any.
 */
public interface ApiResponse extends AutoCloseable {

  /** The HTTP status code. */
  int status();

  /** The first value of a header, by case-insensitive name. */
  Optional<String> header(String name);

  /**
   * Waits for the next bytes of the body and hands them over in order. A buffer is only the sink's
   * until it returns.
   *
   * @return false when the body has ended; the sink was not called then
   * @throws dev.freshet.error.DeadlineException if nothing came within the time
   * @throws dev.freshet.error.ConnectionException if the connection broke
   * @throws dev.freshet.error.ClosedException if the response or its transport was closed
   */
  boolean next(Duration within, Consumer<ByteBuffer> sink);

  /** Bytes of body received from the network so far, as they travelled (before decompression). */
  long wireBytes();

  /** Ends the exchange; a body not read to its end is given up. Idempotent. */
  @Override
  void close();
}
