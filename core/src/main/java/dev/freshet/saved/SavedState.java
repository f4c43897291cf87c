package dev.freshet.saved;

import dev.freshet.compact.Dictionary;
import dev.freshet.object.ResourceVersion;
import dev.freshet.object.StoredObject;
import java.util.List;
import java.util.Optional;

/**
 * What a cache held when it was saved.
 *
 * @param cluster which cluster it is of
 * @param frontier everything committed up to this version is in it, and nothing newer
 * @param provenMillis since 1970, by the wall clock of whoever saved it: everything committed
 *     before is in it
 * @param objects in key order
 * @param dictionary by which most of them are packed; empty if they are not
 */
public record SavedState(
    String cluster,
    ResourceVersion frontier,
    long provenMillis,
    List<StoredObject> objects,
    Optional<Dictionary> dictionary) {}
