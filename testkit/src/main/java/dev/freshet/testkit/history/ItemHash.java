package dev.freshet.testkit.history;

import java.nio.charset.StandardCharsets;

/**
 * The hash of one object by which whole answers are compared without being stored: an answer's hash
 * is the sum of its objects' hashes, so it does not depend on their order, and one change of state
 * costs one subtraction and one addition.
 *
 * <p>64 bits of FNV-1a over key, uid, version and tag, finished with the mixer of SplitMix64, since
 * sums of bare FNV values collide for texts that differ in their last letters. An error goes unseen
 * once in 2^64; against somebody who means to deceive it is no use.
 */
public final class ItemHash {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private ItemHash() {}

  /** The hash of an object. */
  public static long of(Item item) {
    return of(item.key(), item.uid(), item.rv(), item.tag());
  }

  /** The hash of an object, by its parts. */
  public static long of(String key, String uid, long rv, String tag) {
    long hash = text(FNV_OFFSET, key);
    hash = text(hash, uid);
    hash = text(hash, Long.toString(rv));
    return mixed(text(hash, tag));
  }

  /** Each text ends with a zero byte, so that letters cannot move from one to the next. */
  private static long text(long start, String text) {
    long hash = start;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * FNV_PRIME;
    }
    return hash * FNV_PRIME;
  }

  private static long mixed(long hash) {
    long z = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
