package dev.freshet;

import dev.freshet.codec.Negotiation;
import dev.freshet.error.MalformedResponseException;
import dev.freshet.feed.Feed;
import dev.freshet.request.CollectionUrl;
import dev.freshet.request.ListCall;
import dev.freshet.store.Snapshot;
import dev.freshet.time.Deadline;
import dev.freshet.time.Moment;
import dev.freshet.transport.ApiRequest;
import java.util.Optional;

/**
 * Answers by one list without a resourceVersion, which the API server promises to be consistent: it
 * sees everything committed before the request was sent (KEP-2340).
 */
final class DirectReads {

  private final Cluster cluster;

  DirectReads(Cluster cluster) {
    this.cluster = cluster;
  }

  Answer list(Scope scope, Query query, Plan plan) {
    Moment asked = cluster.time().now();
    var answer =
        new ListCall(cluster.gate())
            .run(
                ApiRequest.Purpose.DIRECT,
                scope.caller(),
                scope.type(),
                scope.namespace(),
                Negotiation.of(scope.type()),
                CollectionUrl.of(scope.type(), scope.namespace())
                    .labels(query.labels())
                    .fields(query.fields()),
                Deadline.in(scope.within(), cluster.time()));
    if (!answer.end().continueToken().isEmpty()) {
      throw new MalformedResponseException(
          "the API server sent one page of " + scope.type() + " where all were asked for",
          "Something between here and the server pages lists: connect to the server itself.");
    }
    Optional<Feed> feed = cluster.feed(scope.type());
    feed.ifPresent(cache -> date(cache, answer, asked));
    return new Answer(
        answer.objects(),
        new Provenance(
            plan.asked(),
            plan.route(),
            feed.flatMap(cache -> cache.store().snapshot()).map(Snapshot::epoch).orElse(0),
            scope.type(),
            answer.end().resourceVersion(),
            Optional.of(cluster.time().since(asked)),
            true,
            answer.took(),
            Provenance.Requests.ONE,
            new Provenance.Bytes(answer.bodyBytes(), answer.wireBytes()),
            plan.why()));
  }

  /** A consistent answer also says how old the cache is, once its frontier has come that far. */
  private static void date(Feed feed, ListCall.ListAnswer answer, Moment asked) {
    feed.store()
        .snapshot()
        .ifPresent(
            held -> feed.dating().prove(answer.end().resourceVersion(), asked, held.frontier()));
  }
}
