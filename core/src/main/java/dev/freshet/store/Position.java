package dev.freshet.store;

import dev.freshet.object.ResourceVersion;

/** A place in the history of one stream: a version of the collection, within one epoch. */
public record Position(ResourceVersion version, int epoch) {}
