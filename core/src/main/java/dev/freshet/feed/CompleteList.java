package dev.freshet.feed;

import dev.freshet.codec.ListEnd;
import dev.freshet.compact.Intake;
import dev.freshet.error.MalformedResponseException;
import dev.freshet.object.ResourceVersion;
import dev.freshet.request.CollectionUrl;
import dev.freshet.request.ListCall;
import dev.freshet.store.Store;
import dev.freshet.time.Deadline;
import dev.freshet.transport.ApiRequest;

/** A complete list at one version, in one answer or in pages; once. Blocks the calling thread. */
final class CompleteList {

  /** Objects of one page, as client-go asks for. */
  static final int PAGE_OBJECTS = 500;

  private final Origin origin;
  private final FeedScope scope;
  private final ListCall call;
  private final Intake intake;
  private final Store.Draft objects;

  /**
   * @param intake packs what comes
   * @param objects takes what comes
   */
  CompleteList(Origin origin, Intake intake, Store.Draft objects) {
    this.intake = intake;
    this.objects = objects;
    this.origin = origin;
    this.scope = origin.scope();
    this.call = new ListCall(origin.gate());
  }

  /** What was listed, and the version of the collection. */
  record Listed(Store.Prepared objects, ResourceVersion version) {}

  Listed whole(Deadline deadline) {
    ListEnd end = ask(url(), deadline);
    intake.finish();
    return new Listed(objects.prepared(), end.resourceVersion());
  }

  /**
   * All pages, which the server answers at the version of the first. If that is lost on the way
   * (410), this fails: the token that the server then offers goes on at another version.
   */
  Listed inPages(Deadline deadline) {
    CollectionUrl first = url().with("limit", Integer.toString(PAGE_OBJECTS));
    ListEnd page = ask(first, deadline);
    ResourceVersion version = page.resourceVersion();
    while (!page.continueToken().isEmpty()) {
      page = ask(first.with("continue", page.continueToken()), deadline);
      if (!page.resourceVersion().equals(version)) {
        throw new MalformedResponseException(
            "a page of " + scope + " is at " + page.resourceVersion() + ", not " + version,
            "Freshet reads a complete list again.");
      }
    }
    intake.finish();
    return new Listed(objects.prepared(), version);
  }

  private CollectionUrl url() {
    return scope.url();
  }

  private ListEnd ask(CollectionUrl url, Deadline deadline) {
    return call.run(
            ApiRequest.Purpose.SYNC,
            origin.caller(),
            scope.type(),
            scope.namespace(),
            scope.formats(),
            url,
            deadline,
            object -> {
              intake.add(object);
              origin.limits().require(intake.heldBytes(), scope);
              objects.add(object);
            })
        .end();
  }
}
