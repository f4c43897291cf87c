package dev.freshet.feed;

import dev.freshet.time.Moment;
import java.util.Optional;

/**
 * What a feed is doing.
 *
 * @param state what it does now
 * @param since when it began to do that
 * @param why one line: what brought it here; for {@link State#RETRYING}, the failure
 * @param lastHeard when the server last sent it anything; empty if never
 */
public record FeedStatus(State state, Moment since, String why, Optional<Moment> lastHeard) {

  /** What a feed can be doing. */
  public enum State {
    /** It has not sent anything yet. */
    STARTING,
    /** It reads a complete list. */
    LISTING,
    /** It follows the server's changes. */
    WATCHING,
    /** Something failed; it waits, then tries again. Reads see what was there before. */
    RETRYING,
    /** All of it would be more bytes than it may hold: it holds nothing, and tries again later. */
    OVER_LIMIT,
    /** It is closed and will not come back. */
    CLOSED
  }
}
