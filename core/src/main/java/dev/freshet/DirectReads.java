package dev.freshet;

import dev.freshet.codec.Negotiation;
import dev.freshet.error.MalformedResponseException;
import dev.freshet.error.UnsupportedReadException;
import dev.freshet.fence.Gathering;
import dev.freshet.object.ResourceVersion;
import dev.freshet.object.StoredObject;
import dev.freshet.request.CollectionUrl;
import dev.freshet.request.ListCall;
import dev.freshet.request.ListCall.ListAnswer;
import dev.freshet.selector.LabelSelector;
import dev.freshet.store.Cut;
import dev.freshet.store.Snapshot;
import dev.freshet.time.Deadline;
import dev.freshet.time.Moment;
import dev.freshet.transport.ApiRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Answers by a list without a resourceVersion, which the API server promises to be consistent: it
 * sees everything committed before the request was sent (KEP-2340). Of several namespaces, the
 * first is listed so and the others at exactly its version, so that the answer is one state.
 */
final class DirectReads {

  private final Cluster cluster;

  DirectReads(Cluster cluster) {
    this.cluster = cluster;
  }

  /**
   * Refuses what only a cache can answer: the server would answer as if it had not been asked.
   *
   * @throws UnsupportedReadException if so
   */
  static void requireServable(Query query) {
    if (!query.indexed().isEmpty()) {
      throw new UnsupportedReadException(
          "the API server does not know the index " + query.indexed().getFirst().index(),
          "Read with cached(), or select by labels and fields.");
    }
  }

  Answer list(Scope scope, Query query, Plan plan) {
    requireServable(query);
    Moment asked = cluster.time().now();
    Optional<Cache> cache = cluster.cache(scope.type());
    List<Optional<Snapshot>> then = cache.map(Cache::snapshots).orElse(List.of());
    Deadline deadline = Deadline.in(scope.within(), cluster.time());
    var lists = new ArrayList<Gathering.Shared<ListAnswer>>();
    lists.add(ask(scope, firstOf(scope), query, Optional.empty(), deadline));
    ResourceVersion version = lists.getFirst().answer().end().resourceVersion();
    cache.ifPresent(held -> held.observe(version, asked, then));
    for (String namespace : scope.namespaces().names().stream().skip(1).toList()) {
      lists.add(ask(scope, Optional.of(namespace), query, Optional.of(version), deadline));
    }
    return answer(
        lists,
        scope,
        plan,
        version,
        cache.map(held -> epoch(held, scope, version, then)).orElse(0),
        Optional.of(cluster.time().since(asked)),
        deadline);
  }

  /** The state at exactly this version. Nobody knows its age, nor which history it is of. */
  Answer exactly(Scope scope, Query query, Plan plan, ResourceVersion version) {
    requireServable(query);
    Deadline deadline = Deadline.in(scope.within(), cluster.time());
    var lists = new ArrayList<Gathering.Shared<ListAnswer>>();
    if (scope.namespaces().isAll()) {
      lists.add(ask(scope, Optional.empty(), query, Optional.of(version), deadline));
    }
    for (String namespace : scope.namespaces().names()) {
      lists.add(ask(scope, Optional.of(namespace), query, Optional.of(version), deadline));
    }
    return answer(lists, scope, plan, version, 0, Optional.empty(), deadline);
  }

  private Answer answer(
      List<Gathering.Shared<ListAnswer>> lists,
      Scope scope,
      Plan plan,
      ResourceVersion version,
      int epoch,
      Optional<Duration> behindAtMost,
      Deadline deadline) {
    List<StoredObject> objects = new ArrayList<>();
    long bodyBytes = 0;
    long wireBytes = 0;
    for (Gathering.Shared<ListAnswer> list : lists) {
      objects.addAll(list.answer().objects());
      bodyBytes += list.answer().bodyBytes();
      wireBytes += list.answer().wireBytes();
    }
    return new Answer(
        objects,
        new Provenance(
            plan.asked(),
            plan.route(),
            epoch,
            scope.type(),
            version,
            behindAtMost,
            true,
            deadline.elapsed(),
            new Provenance.Requests(lists.size(), lists.getFirst().readers()),
            new Provenance.Bytes(bodyBytes, wireBytes),
            plan.why(),
            cluster.cache(scope.type()).map(held -> held.alarm(scope.namespaces())).orElse("")));
  }

  /**
   * The cache's epoch, if the answer continues the history that the cache followed before and after
   * it; else 0, for nobody knows yet which history it is of.
   */
  private static int epoch(
      Cache cache, Scope scope, ResourceVersion version, List<Optional<Snapshot>> then) {
    List<Optional<Snapshot>> now = cache.snapshots();
    for (int i = 0; i < then.size(); i++) {
      Optional<Snapshot> before = then.get(i);
      boolean continues =
          before.isPresent()
              && now.get(i).map(Snapshot::epoch).equals(before.map(Snapshot::epoch))
              && !version.isBelow(before.get().frontier());
      if (!continues) {
        return 0;
      }
    }
    return cache.cut(scope.namespaces()).map(Cut::epoch).orElse(0);
  }

  private static Optional<String> firstOf(Scope scope) {
    return scope.namespaces().names().stream().findFirst();
  }

  private Gathering.Shared<ListAnswer> ask(
      Scope scope,
      Optional<String> namespace,
      Query query,
      Optional<ResourceVersion> at,
      Deadline deadline) {
    CollectionUrl url =
        CollectionUrl.of(scope.type(), namespace).labels(query.labels()).fields(query.fields());
    at.ifPresent(url::exactly);
    Negotiation formats = scope.formats();
    var shared =
        cluster
            .joinedLists()
            .join(
                new JoinedLists.Request(url.toString(), formats.acceptList()),
                (payer, longest) ->
                    new ListCall(cluster.gate())
                        .run(
                            ApiRequest.Purpose.DIRECT,
                            payer,
                            scope.type(),
                            namespace,
                            formats,
                            url,
                            longest),
                scope.caller(),
                deadline);
    if (shared.opened() && at.isEmpty() && !scope.metadataOnly()) {
      cluster
          .directCosts(scope.type())
          .add(shared.answer(), scanned(scope, query, shared.answer()));
    }
    if (!shared.answer().end().continueToken().isEmpty()) {
      throw new MalformedResponseException(
          "the API server sent one page of " + scope.type() + " where all were asked for",
          "Something between here and the server pages lists: connect to the server itself.");
    }
    return shared;
  }

  /** How many objects the server looked at: all that the namespaces have, as far as known here. */
  private int scanned(Scope scope, Query query, ListAnswer answer) {
    return query.singleName().isPresent()
        ? 1
        : cluster
            .cache(scope.type())
            .filter(cache -> cache.declared().namespaces().cover(scope.namespaces()))
            .flatMap(cache -> cache.cut(scope.namespaces()))
            .map(cut -> cut.scanned(scope.namespaces(), LabelSelector.everything(), List.of()))
            .orElse(answer.objects().size());
  }
}
