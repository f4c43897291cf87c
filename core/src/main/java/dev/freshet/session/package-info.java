/**
 * What a session has seen and written, as the least that its next reads must show.
 *
 * <p>A floor is a version per collection and namespace; beside floors stand deletes that a snapshot
 * must show, and requests whose outcome nobody knows. Called by {@code dev.freshet}, which asks for
 * a {@link dev.freshet.session.Demand} before each read and tells what the read gave. Knows
 * snapshots, URLs and the JSON of answers; sends nothing.
 */
@NullMarked
package dev.freshet.session;

import org.jspecify.annotations.NullMarked;
