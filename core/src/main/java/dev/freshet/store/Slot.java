package dev.freshet.store;

import dev.freshet.object.ObjectKey;

/**
 * The place of one object for as long as there is one of its key, whatever its version: what trees
 * and postings hold, so that they need not change when the object does.
 *
 * @param number where the object stands in the {@link Table} of a snapshot; free for another key
 *     once there is none of this one
 */
record Slot(ObjectKey key, int number) {}
