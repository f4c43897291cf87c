package dev.freshet;

import dev.freshet.object.Namespaces;
import dev.freshet.object.ObjectKey;
import dev.freshet.object.ResourceVersion;
import dev.freshet.object.StoredObject;
import dev.freshet.session.AnswerFacts;
import dev.freshet.session.Floor;
import dev.freshet.session.Floors;
import dev.freshet.session.ObservedCall;
import dev.freshet.session.OpenRequest;
import dev.freshet.session.PendingDelete;
import dev.freshet.session.RequestPath;
import dev.freshet.store.Snapshot;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request about stored objects, from before it is sent to its answer.
 *
 * <p>It counts as of unknown outcome from the start, so whatever goes wrong afterwards errs on the
 * safe side. What the caches held before is kept, for an answer that contradicts it and for the
 * version below which a deleted object was there.
 */
final class ResourceRequest implements ObservedRequest {

  private static final Logger LOG = LoggerFactory.getLogger(ResourceRequest.class);

  private static final int CREATED = 201;

  private final Floors floors;
  private final ObservedCall call;
  private final RequestPath path;
  private final Epochs before;
  private final OpenRequest open;

  ResourceRequest(Cluster cluster, Floors floors, ObservedCall call) {
    this.floors = floors;
    this.call = call;
    this.path = call.path();
    this.before = Epochs.now(cluster, path.collection());
    this.open = floors.begin(path.collection(), path.namespace(), !isRead());
  }

  @Override
  public void lost() {
    if (isRead()) {
      // Nobody has seen anything.
      floors.settledWithoutEffect(open);
    } else {
      floors.settledUnknown(open);
    }
  }

  @Override
  public void answered(int code, byte[] body) {
    try {
      settle(code, body);
    } catch (RuntimeException e) {
      // The write may have been committed: that must reach the program whatever happens here.
      LOG.error("An answer about {} could not be followed: {}", path.collection(), e.toString(), e);
      floors.settledUnknown(open);
    }
  }

  private boolean isRead() {
    return switch (call.kind()) {
      case GET, CONSISTENT_LIST, LIST, NOTHING -> true;
      case WRITE, DELETE, DELETE_COLLECTION -> false;
    };
  }

  private void settle(int code, byte[] body) {
    if (code >= 200 && code < 300) {
      succeeded(code, AnswerFacts.of(body));
      return;
    }
    boolean refused = code >= 400 && code < 500;
    if (refused && showsState(code)) {
      failed(AnswerFacts.of(body));
    } else if (refused && code != 408) {
      floors.settledWithoutEffect(open);
    } else {
      lost();
    }
  }

  /** Whether a refusal tells something of what is stored: absent, there already, changed since. */
  private static boolean showsState(int code) {
    return code == 404 || code == 409 || code == 410 || code == 412;
  }

  /** The program now knows something of the state; at which version is rarely told. */
  private void failed(AnswerFacts facts) {
    if (facts.version().isComparable()) {
      floors.settledAt(open, namespace(facts), floor(facts.version()), false);
    } else {
      floors.settledUnknown(open);
    }
  }

  private void succeeded(int code, AnswerFacts facts) {
    ResourceVersion version = facts.version();
    if (!version.text().isEmpty() && !version.isComparable()) {
      floors.markOpaque(path.collection());
      floors.settledUnknown(open);
      return;
    }
    switch (call.kind()) {
      case CONSISTENT_LIST -> consistentList(facts);
      case LIST, GET -> seen(facts, false);
      case WRITE -> {
        boolean isNew = code == CREATED && path.subresource().isEmpty();
        if (version.isComparable()) {
          watchForContradiction(facts, isNew);
        }
        seen(facts, isNew);
      }
      case DELETE -> deleted(facts);
      // A list in the answer is of the moment before the objects were deleted.
      case DELETE_COLLECTION -> floors.settledUnknown(open);
      case NOTHING -> floors.settledWithoutEffect(open);
    }
  }

  private void seen(AnswerFacts facts, boolean isNew) {
    if (facts.isStatus() || !facts.version().isComparable()) {
      // An eviction or a binding changes its Pod and answers without the Pod's version.
      floors.settledUnknown(open);
    } else {
      floors.settledAt(open, namespace(facts), floor(facts.version()), isNew);
    }
  }

  private void consistentList(AnswerFacts facts) {
    if (!facts.version().isComparable()) {
      floors.settledUnknown(open);
      return;
    }
    Namespaces in = path.namespace().isEmpty() ? Namespaces.all() : Namespaces.of(path.namespace());
    floors.readConsistently(path.collection(), in, floor(facts.version()), open.begun());
    floors.settledWithoutEffect(open);
  }

  private void deleted(AnswerFacts facts) {
    ObjectKey key = new ObjectKey(path.namespace(), path.name());
    if (facts.uid().isEmpty() || !path.subresource().isEmpty()) {
      floors.settledUnknown(open);
      return;
    }
    Optional<Floor> there =
        facts.version().isComparable()
            ? Optional.of(floor(facts.version()))
            : whereItWas(key, facts.uid());
    there.ifPresentOrElse(
        floor -> floors.settledDelete(open, new PendingDelete(key, facts.uid()), floor),
        () -> floors.settledUnknown(open));
  }

  /**
   * A version at which every cache of the collection had the object: absent from there on, it is
   * deleted. Absent from a cache that never had it, it may be yet to come.
   */
  private Optional<Floor> whereItWas(ObjectKey key, String uid) {
    Optional<Floor> most = Optional.empty();
    for (var cache : before.then().entrySet()) {
      Optional<Snapshot> holder =
          cache.getValue().stream()
              .flatMap(Optional::stream)
              .filter(held -> held.get(key).map(StoredObject::uid).filter(uid::equals).isPresent())
              .filter(held -> held.frontier().isComparable())
              .findFirst();
      if (holder.isEmpty()) {
        return Optional.empty();
      }
      Floor here = Floor.at(holder.get().frontier(), epoch(holder.get()));
      most = Optional.of(most.map(other -> other.and(here)).orElse(here));
    }
    return most;
  }

  private int epoch(Snapshot held) {
    return before.then().size() == 1 ? held.epoch() : Floor.UNKNOWN_EPOCH;
  }

  private void watchForContradiction(AnswerFacts facts, boolean isNew) {
    ObjectKey key =
        new ObjectKey(namespace(facts), path.name().isEmpty() ? facts.name() : path.name());
    before.then().forEach((cache, then) -> cache.observeWrite(key, facts.version(), isNew, then));
  }

  private Floor floor(ResourceVersion version) {
    return before.floor(path.namespace(), version);
  }

  private String namespace(AnswerFacts facts) {
    return path.namespace().isEmpty() ? facts.namespace() : path.namespace();
  }
}
