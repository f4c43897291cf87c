package dev.freshet.feed;

import dev.freshet.codec.WatchDecoder;
import dev.freshet.codec.WatchEvent;
import dev.freshet.request.AnswerBody;
import dev.freshet.request.CollectionUrl;
import dev.freshet.request.Failures;
import dev.freshet.transport.ApiRequest;
import dev.freshet.transport.ApiResponse;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One watch request, followed until the server ends it or no more is wanted. Blocks the calling
 * thread; {@link #cut()} may come from any.
 */
final class WatchCall {

  /** How long the server may take to accept a watch. */
  static final Duration OPENS_WITHIN = Duration.ofSeconds(30);

  private final Origin origin;
  private volatile @Nullable ApiResponse open;
  private volatile boolean cut;

  WatchCall(Origin origin) {
    this.origin = origin;
  }

  /** Who follows a watch, on the thread that runs it. */
  interface Follower extends Consumer<WatchEvent> {

    /** How long the server may be silent now. */
    Duration silence();

    /**
     * All events of one chunk have been handed over.
     *
     * @param bytes of the whole watch so far, after decompression
     */
    void chunkEnded(long bytes);

    /** Whether the rest need not come. */
    default boolean hasEnough() {
      return false;
    }
  }

  /**
   * Follows.
   *
   * @param gzip whether the answer may be compressed
   * @throws dev.freshet.error.FreshetException if the server refused, the connection broke, the
   *     server was silent too long, or what it sent cannot be read
   */
  void run(CollectionUrl url, boolean gzip, Follower follower) {
    FeedScope scope = origin.scope();
    var formats = scope.formats();
    var request =
        new ApiRequest(
            ApiRequest.Purpose.WATCH,
            origin.caller(),
            url.toString(),
            formats.acceptWatch(),
            gzip,
            OPENS_WITHIN);
    try (ApiResponse response = origin.gate().send(request)) {
      open = response;
      if (cut) {
        return;
      }
      if (response.status() != 200) {
        throw Failures.of(response, "watch", scope.type(), scope.namespace());
      }
      WatchDecoder decoder = formats.codec(response.header("Content-Type")).watch(follower);
      try (AnswerBody body = new AnswerBody(response)) {
        while (body.next(follower.silence(), decoder::push)) {
          follower.chunkEnded(body.bytes());
          if (follower.hasEnough()) {
            return;
          }
        }
      }
      decoder.end();
    } finally {
      open = null;
    }
  }

  /** Ends the exchange, if it is open or as soon as it opens. Idempotent. */
  void cut() {
    cut = true;
    ApiResponse response = open;
    if (response != null) {
      response.close();
    }
  }
}
