package dev.freshet.feed;

import dev.freshet.error.MalformedResponseException;
import dev.freshet.object.ResourceVersion;
import dev.freshet.object.StoredObject;
import dev.freshet.request.CollectionUrl;
import dev.freshet.request.ListCall;
import dev.freshet.time.Deadline;
import dev.freshet.transport.ApiRequest;
import java.util.ArrayList;
import java.util.List;

/** A complete list at one version, in one answer or in pages. Blocks the calling thread. */
final class CompleteList {

  /** Objects of one page, as client-go asks for. */
  static final int PAGE_OBJECTS = 500;

  private final Origin origin;
  private final FeedScope scope;
  private final ListCall call;
  private long bytes;

  CompleteList(Origin origin) {
    this.origin = origin;
    this.scope = origin.scope();
    this.call = new ListCall(origin.gate());
  }

  /** What was listed, and the version of the collection. */
  record Listed(List<StoredObject> objects, ResourceVersion version) {}

  Listed whole(Deadline deadline) {
    var answer = ask(url(), deadline);
    return new Listed(answer.objects(), answer.end().resourceVersion());
  }

  /**
   * All pages, which the server answers at the version of the first. If that is lost on the way
   * (410), this fails: the token that the server then offers goes on at another version.
   */
  Listed inPages(Deadline deadline) {
    String pageObjects = Integer.toString(PAGE_OBJECTS);
    var page = ask(url().with("limit", pageObjects), deadline);
    ResourceVersion version = page.end().resourceVersion();
    List<StoredObject> objects = new ArrayList<>(page.objects());
    while (!page.end().continueToken().isEmpty()) {
      page =
          ask(
              url().with("limit", pageObjects).with("continue", page.end().continueToken()),
              deadline);
      if (!page.end().resourceVersion().equals(version)) {
        throw new MalformedResponseException(
            "a page of " + scope + " is at " + page.end().resourceVersion() + ", not " + version,
            "Freshet reads a complete list again.");
      }
      objects.addAll(page.objects());
    }
    return new Listed(objects, version);
  }

  private CollectionUrl url() {
    return scope.url();
  }

  private ListCall.ListAnswer ask(CollectionUrl url, Deadline deadline) {
    var answer =
        call.run(
            ApiRequest.Purpose.SYNC,
            origin.caller(),
            scope.type(),
            scope.namespace(),
            scope.formats(),
            url,
            deadline);
    bytes += answer.objects().stream().mapToLong(object -> object.body().length()).sum();
    origin.limits().require(bytes, scope);
    return answer;
  }
}
