package dev.freshet;

import dev.freshet.object.StoredObject;
import java.util.List;

/** What a route brought, before it is given a type. */
record Answer(List<StoredObject> objects, Provenance provenance) {

  /** The same, of a read that had sent so many requests in vain before. */
  Answer afterRequests(int inVain) {
    return new Answer(
        objects, provenance.spent(provenance.requests().and(inVain), provenance.bytes()));
  }
}
