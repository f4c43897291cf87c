package dev.freshet.compact;

import dev.freshet.object.Body;

/**
 * How the bytes of many objects are packed, which share this.
 *
 * @param encoding of the bytes
 */
public record Packing(Dictionary dictionary, Body.Encoding encoding) {}
