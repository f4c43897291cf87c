package dev.freshet;

import dev.freshet.store.Cut;

/**
 * A state of one kind's cache, kept to be read many times. Immutable.
 *
 * @param scope what it is the state of
 * @param provenance how it was come by; its {@code asOf} is the version it is read as
 */
record Pinned(Cut cut, Scope scope, Provenance provenance) {}
