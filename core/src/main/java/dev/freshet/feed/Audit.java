package dev.freshet.feed;

import dev.freshet.codec.Negotiation;
import dev.freshet.error.FreshetException;
import dev.freshet.object.ObjectKey;
import dev.freshet.object.StoredObject;
import dev.freshet.request.CollectionUrl;
import dev.freshet.request.ListCall;
import dev.freshet.store.Snapshot;
import dev.freshet.time.Deadline;
import dev.freshet.transport.ApiRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A comparison of what a store holds with what the API server says it held at the same version: a
 * list of metadata at exactly the frontier, by key, UID and version. Blocks the calling thread.
 *
 * <p>It finds what no version shows: a history that was replaced and has overtaken ours, or an
 * event that somebody on the way has lost.
 */
final class Audit {

  /** How long one audit's list may take. */
  static final Duration WITHIN = Duration.ofMinutes(2);

  private final Origin origin;
  private final FeedScope scope;

  Audit(Origin origin) {
    this.origin = origin;
    this.scope = origin.scope();
  }

  /** What an audit gave. */
  sealed interface Outcome {

    /** Both sides are equal. */
    record Equal(int objects) implements Outcome {}

    /** They differ; in words, how. */
    record Differs(String how) implements Outcome {}

    /** The server could not say; in words, why. */
    record Unknown(String why) implements Outcome {}
  }

  /** Whether versions of this kind tell one state from another. */
  boolean isPossible(Snapshot held) {
    return held.frontier().isComparable() && !scope.type().sharesVersions();
  }

  Outcome of(Snapshot held) {
    CollectionUrl url = scope.url().exactly(held.frontier());
    try {
      var answer =
          new ListCall(origin.gate())
              .run(
                  ApiRequest.Purpose.AUDIT,
                  origin.caller(),
                  scope.type(),
                  scope.namespace(),
                  Negotiation.ofMetadata(),
                  url,
                  Deadline.in(WITHIN, origin.time()));
      return compare(held, answer.objects());
    } catch (FreshetException e) {
      return new Outcome.Unknown(e.problem());
    }
  }

  private static Outcome compare(Snapshot held, List<StoredObject> listed) {
    Map<ObjectKey, StoredObject> server = new HashMap<>();
    listed.forEach(object -> server.put(object.key(), object));
    int[] differing = new int[1];
    String[] first = {""};
    held.forEach(
        ours -> {
          @Nullable StoredObject theirs = server.remove(ours.key());
          if (theirs == null || !isSame(ours, theirs)) {
            differing[0]++;
            if (first[0].isEmpty()) {
              first[0] = describe(ours, Optional.ofNullable(theirs));
            }
          }
        });
    int missing = server.size();
    if (differing[0] + missing == 0) {
      return new Outcome.Equal(listed.size());
    }
    if (first[0].isEmpty()) {
      first[0] = server.keySet().iterator().next() + " is missing here";
    }
    return new Outcome.Differs(
        (differing[0] + missing)
            + " objects differ at "
            + held.frontier()
            + ", such as "
            + first[0]);
  }

  private static boolean isSame(StoredObject ours, StoredObject theirs) {
    return ours.uid().equals(theirs.uid())
        && ours.resourceVersion().equals(theirs.resourceVersion());
  }

  private static String describe(StoredObject ours, Optional<StoredObject> theirs) {
    return ours.key()
        + ", here at "
        + ours.resourceVersion()
        + " and there "
        + theirs.map(object -> "at " + object.resourceVersion()).orElse("not at all");
  }
}
