package dev.freshet;

import dev.freshet.feed.FeedStatus;
import dev.freshet.object.ResourceType;
import dev.freshet.object.ResourceVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * How one cache is doing.
 *
 * @param state what its feed does now
 * @param since when it began to do that
 * @param why one line: what brought it here; for a feed that retries, the failure
 * @param lastHeard when the server last sent anything; empty if never
 * @param lastBookmark when its watch last brought a bookmark; empty if never
 * @param events changes that its watch has brought so far; complete lists count for nothing
 * @param lists complete lists that it has had so far: the first, and one each time its place in the
 *     server's history was lost
 * @param frontier everything up to this version is in the cache; empty before the first list
 * @param behindAtMost how old the cache can be at most; empty when not known
 * @param objects how many objects it holds
 * @param bytes how many bytes of objects it holds, without rows and indexes
 * @param lastAudit what the last comparison with the API server gave
 * @param alarm what contradicts the history that the cache follows; empty if nothing does
 * @param handlers how the cache's handlers keep up, in words; of all its streams together
 * @param queued changes that wait for those handlers
 * @param keepsWithin the age below which it keeps itself for {@link Consistency#within} readers, as
 *     measured; empty while there are none
 * @param promoted reads {@code within(…)} that found it older than they wanted and took a fence or
 *     asked the server
 * @param indexes the declared indexes, and for how many objects one fails
 * @param resumed when that was known to be current which it began with, if an earlier process has
 *     {@linkplain ClusterOptions#savingTo saved} it; empty if it has had a complete list
 * @param lastSaved what the last saving of it gave, in words
 */
public record CacheHealth(
    ResourceType type,
    Optional<String> namespace,
    State state,
    Instant since,
    String why,
    Optional<Instant> lastHeard,
    Optional<Instant> lastBookmark,
    long events,
    long lists,
    Optional<ResourceVersion> frontier,
    Optional<Duration> behindAtMost,
    int objects,
    long bytes,
    String lastAudit,
    String alarm,
    String handlers,
    int queued,
    Optional<Duration> keepsWithin,
    long promoted,
    String indexes,
    Optional<Instant> resumed,
    String lastSaved) {

  /** What a cache's feed can be doing. */
  public enum State {
    STARTING,
    LISTING,
    WATCHING,
    RETRYING,
    /** It holds nothing, since all of it would be more than the declared bytes. */
    OVER_LIMIT,
    CLOSED;

    static State of(FeedStatus.State state) {
      return switch (state) {
        case STARTING -> STARTING;
        case LISTING -> LISTING;
        case WATCHING -> WATCHING;
        case RETRYING -> RETRYING;
        case OVER_LIMIT -> OVER_LIMIT;
        case CLOSED -> CLOSED;
      };
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }
}
