package dev.freshet.feed;

import dev.freshet.object.ResourceVersion;
import dev.freshet.request.CollectionUrl;
import dev.freshet.request.ListCall;
import dev.freshet.selector.FieldSelector;
import dev.freshet.time.Deadline;
import dev.freshet.transport.ApiRequest;
import java.util.Optional;

/**
 * A quorum read that returns nothing but how far the server is: a list of one name that no object
 * has. The answer's version is at or above everything committed before it was sent, at O(log n) for
 * the server. Blocks the calling thread.
 */
final class Probe {

  /** No object can have it: names may not contain a dot at their end. */
  private static final String NOBODY = "freshet-probe.";

  private final Origin origin;

  Probe(Origin origin) {
    this.origin = origin;
  }

  /**
   * Asks.
   *
   * @throws dev.freshet.error.FreshetException as a list may
   */
  ResourceVersion ask(Deadline within) {
    FeedScope scope = origin.scope();
    FieldSelector nobody = FieldSelector.equal("metadata.name", NOBODY);
    if (scope.type().namespaced() && scope.namespace().isEmpty()) {
      // Without a namespace the server would look through all objects.
      nobody = nobody.and(FieldSelector.equal("metadata.namespace", NOBODY));
    }
    return new ListCall(origin.gate())
        .run(
            ApiRequest.Purpose.PROBE,
            origin.caller(),
            scope.type(),
            Optional.empty(),
            scope.formats(),
            CollectionUrl.of(scope.type(), scope.namespace()).fields(nobody),
            within)
        .end()
        .resourceVersion();
  }
}
