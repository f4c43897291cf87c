package dev.freshet.codec;

import dev.freshet.object.ResourceVersion;

/**
 * What a list says of itself.
 *
 * @param resourceVersion of the collection
 * @param continueToken where the next page starts; empty on the last page
 */
public record ListEnd(ResourceVersion resourceVersion, String continueToken) {}
