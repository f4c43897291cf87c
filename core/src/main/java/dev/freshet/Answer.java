package dev.freshet;

import dev.freshet.object.StoredObject;
import java.util.List;

/** What a route brought, before it is given a type. */
record Answer(List<StoredObject> objects, Provenance provenance) {}
