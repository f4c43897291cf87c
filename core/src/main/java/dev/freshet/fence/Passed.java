package dev.freshet.fence;

import dev.freshet.store.Snapshot;

/**
 * A fence that a stream has passed.
 *
 * @param snapshot holds everything committed before the reader asked
 * @param by the answer that shows it, and who shared it
 * @param pushed whether a watch was opened for this reader, so that it pays
 */
public record Passed(Snapshot snapshot, Gathering.Shared<Reached> by, boolean pushed) {}
