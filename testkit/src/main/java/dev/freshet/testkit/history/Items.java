package dev.freshet.testkit.history;

import java.util.ArrayList;
import java.util.List;

/**
 * What a read returned: how many objects, their set hash and, for a sample of all reads, the
 * objects themselves.
 *
 * @param count how many
 * @param hash the sum of {@link ItemHash} over all of them
 * @param whole whether {@code list} holds them all
 * @param list the objects in the order of the answer; empty unless {@code whole}
 */
public record Items(int count, long hash, boolean whole, List<Item> list) {
  public Items {
    list = List.copyOf(list);
  }

  /** All of these objects, kept. */
  public static Items of(List<Item> items) {
    var gathering = new Gathering(true);
    items.forEach(gathering::add);
    return gathering.items();
  }

  /** Collects the objects of one answer. Not thread-safe. */
  public static final class Gathering {
    private final boolean keep;
    private final List<Item> kept = new ArrayList<>();
    private int count;
    private long hash;

    Gathering(boolean keep) {
      this.keep = keep;
    }

    /**
     * Whether the objects themselves are wanted; else {@link #addHash} does as well as {@link
     * #add}.
     */
    public boolean keeps() {
      return keep;
    }

    /** Adds an object. */
    public void add(Item item) {
      addHash(ItemHash.of(item));
      if (keep) {
        kept.add(item);
      }
    }

    /**
     * Adds an object of which only the {@link ItemHash} is known, which a test may remember per
     * object; only when the objects are not kept.
     */
    public void addHash(long itemHash) {
      count++;
      hash += itemHash;
    }

    Items items() {
      return new Items(count, hash, keep, kept);
    }
  }
}
