package dev.freshet.object;

import org.jspecify.annotations.Nullable;

/**
 * One version of one object: the row that is always at hand, and the bytes that are decoded only
 * when touched. Immutable.
 *
 * @param uid empty where the API gives none
 * @param owner the controlling owner, or null
 */
public record StoredObject(
    ObjectKey key,
    String uid,
    ResourceVersion resourceVersion,
    Labels labels,
    @Nullable Owner owner,
    Body body) {}
