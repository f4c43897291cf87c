package dev.freshet.store;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A persistent sorted set of elements with unique keys: a B+ tree whose nodes are never changed. An
 * update copies the path to one leaf and shares the rest, so every older tree stays whole.
 *
 * <p>Lookup and update cost O(log n), a scan O(log n + elements visited). Immutable.
 */
final class SortedTree<K extends Comparable<K>, E> {

  /** Entries of a node. Small enough that copying a path is cheap, large enough to stay shallow. */
  static final int NODE_CAPACITY = 32;

  private static final int NODE_MINIMUM = NODE_CAPACITY / 4;

  private final Function<E, K> keyOf;
  private final Node<K, E> root;

  private SortedTree(Function<E, K> keyOf, Node<K, E> root) {
    this.keyOf = keyOf;
    this.root = root;
  }

  static <K extends Comparable<K>, E> SortedTree<K, E> empty(Function<E, K> keyOf) {
    return new SortedTree<>(keyOf, new Leaf<>(new Object[0]));
  }

  /** Builds a tree of elements that are already in strictly ascending key order. O(n). */
  static <K extends Comparable<K>, E> SortedTree<K, E> ofSorted(
      Function<E, K> keyOf, List<E> elements) {
    if (elements.isEmpty()) {
      return empty(keyOf);
    }
    Object[] all = elements.toArray();
    Object[] level = chunks(all.length, (from, to) -> new Leaf<K, E>(copy(all, from, to)));
    while (level.length > 1) {
      Object[] children = level;
      level = chunks(children.length, (from, to) -> branch(keyOf, nodes(copy(children, from, to))));
    }
    return new SortedTree<>(keyOf, node(level[0]));
  }

  int size() {
    return root.size();
  }

  @Nullable E get(K key) {
    Node<K, E> node = root;
    while (node instanceof Branch<K, E> branch) {
      node = branch.children[branch.childFor(key)];
    }
    Leaf<K, E> leaf = (Leaf<K, E>) node;
    int at = leaf.search(keyOf, key);
    return at < 0 ? null : leaf.at(at);
  }

  /** This tree with the element added, or put in the place of the one with the same key. */
  SortedTree<K, E> with(E element) {
    Node<K, E> next = root.with(keyOf, element, keyOf.apply(element));
    return new SortedTree<>(keyOf, isOverfull(next) ? branch(keyOf, halves(keyOf, next)) : next);
  }

  /** This tree without the element of that key; the same tree if there is none. */
  SortedTree<K, E> without(K key) {
    Node<K, E> remaining = root.without(keyOf, key);
    if (remaining == root) {
      return this;
    }
    while (remaining instanceof Branch<K, E> branch && branch.children.length == 1) {
      remaining = branch.children[0];
    }
    return new SortedTree<>(keyOf, remaining);
  }

  /** Visits elements in key order until the visitor returns false. */
  void scan(Predicate<? super E> visitor) {
    root.scan(visitor);
  }

  /** Visits elements in key order, from the first whose key is {@code from} or greater. */
  void scanFrom(K from, Predicate<? super E> visitor) {
    root.scanFrom(keyOf, from, visitor);
  }

  /** How many elements have a key less than {@code key}. O(log n). */
  int rank(K key) {
    int before = 0;
    Node<K, E> node = root;
    while (node instanceof Branch<K, E> branch) {
      int child = branch.childFor(key);
      for (int i = 0; i < child; i++) {
        before += branch.children[i].size();
      }
      node = branch.children[child];
    }
    int at = ((Leaf<K, E>) node).search(keyOf, key);
    return before + (at < 0 ? -at - 1 : at);
  }

  private sealed interface Node<K extends Comparable<K>, E> {
    int size();

    int entries();

    /** The key of the first element below this node, which has one. */
    Comparable<K> firstKey(Function<E, K> keyOf);

    /**
     * With the element; one entry too many may be in it, for the caller to {@link #halves split}.
     */
    Node<K, E> with(Function<E, K> keyOf, E element, K key);

    Node<K, E> without(Function<E, K> keyOf, K key);

    boolean scan(Predicate<? super E> visitor);

    boolean scanFrom(Function<E, K> keyOf, K from, Predicate<? super E> visitor);
  }

  private static final class Leaf<K extends Comparable<K>, E> implements Node<K, E> {
    private final Object[] elements;

    Leaf(Object[] elements) {
      this.elements = elements;
    }

    @SuppressWarnings("unchecked") // only elements are ever put in
    E at(int index) {
      return (E) elements[index];
    }

    /** The index of the key, or {@code -insertionPoint - 1}. */
    int search(Function<E, K> keyOf, K key) {
      int low = 0;
      int high = elements.length - 1;
      while (low <= high) {
        int middle = (low + high) >>> 1;
        int order = keyOf.apply(at(middle)).compareTo(key);
        if (order == 0) {
          return middle;
        }
        if (order < 0) {
          low = middle + 1;
        } else {
          high = middle - 1;
        }
      }
      return -low - 1;
    }

    @Override
    public int size() {
      return elements.length;
    }

    @Override
    public int entries() {
      return elements.length;
    }

    @Override
    public Comparable<K> firstKey(Function<E, K> keyOf) {
      return keyOf.apply(at(0));
    }

    @Override
    public Node<K, E> with(Function<E, K> keyOf, E element, K key) {
      int at = search(keyOf, key);
      if (at < 0) {
        return new Leaf<>(inserted(elements, -at - 1, element));
      }
      Object[] replaced = elements.clone();
      replaced[at] = element;
      return new Leaf<>(replaced);
    }

    @Override
    public Node<K, E> without(Function<E, K> keyOf, K key) {
      int at = search(keyOf, key);
      return at < 0 ? this : new Leaf<>(removed(elements, at));
    }

    @Override
    public boolean scan(Predicate<? super E> visitor) {
      for (int i = 0; i < elements.length; i++) {
        if (!visitor.test(at(i))) {
          return false;
        }
      }
      return true;
    }

    @Override
    public boolean scanFrom(Function<E, K> keyOf, K from, Predicate<? super E> visitor) {
      int at = search(keyOf, from);
      for (int i = at < 0 ? -at - 1 : at; i < elements.length; i++) {
        if (!visitor.test(at(i))) {
          return false;
        }
      }
      return true;
    }
  }

  private static final class Branch<K extends Comparable<K>, E> implements Node<K, E> {
    private final Node<K, E>[] children;

    /** The key of the first element below each child. */
    private final Comparable<K>[] firstKeys;

    private final int size;

    Branch(Node<K, E>[] children, Comparable<K>[] firstKeys, int size) {
      this.children = children;
      this.firstKeys = firstKeys;
      this.size = size;
    }

    /** The last child whose first key is not above {@code key}; the first child if all are. */
    int childFor(K key) {
      int low = 1;
      int high = children.length - 1;
      while (low <= high) {
        int middle = (low + high) >>> 1;
        if (firstKeys[middle].compareTo(key) <= 0) {
          low = middle + 1;
        } else {
          high = middle - 1;
        }
      }
      return low - 1;
    }

    @Override
    public int size() {
      return size;
    }

    @Override
    public int entries() {
      return children.length;
    }

    @Override
    public Comparable<K> firstKey(Function<E, K> keyOf) {
      return firstKeys[0];
    }

    @Override
    public Node<K, E> with(Function<E, K> keyOf, E element, K key) {
      int child = childFor(key);
      Node<K, E> grown = children[child].with(keyOf, element, key);
      if (!isOverfull(grown)) {
        return withChild(keyOf, child, grown);
      }
      Node<K, E>[] halves = halves(keyOf, grown);
      Object[] next = inserted(children, child + 1, halves[1]);
      next[child] = halves[0];
      return branch(keyOf, nodes(next));
    }

    /** Another child in the place of one: what the others hold need not be looked at. */
    @SuppressWarnings("ReferenceEquality") // An equal key of an older object is not to be held.
    private Branch<K, E> withChild(Function<E, K> keyOf, int child, Node<K, E> next) {
      Node<K, E>[] all = children.clone();
      all[child] = next;
      Comparable<K> first = next.firstKey(keyOf);
      Comparable<K>[] keys = firstKeys;
      if (first != keys[child]) {
        keys = keys.clone();
        keys[child] = first;
      }
      return new Branch<>(all, keys, size - children[child].size() + next.size());
    }

    @Override
    public Node<K, E> without(Function<E, K> keyOf, K key) {
      int child = childFor(key);
      Node<K, E> shrunk = children[child].without(keyOf, key);
      if (shrunk == children[child]) {
        return this;
      }
      return shrunk.entries() >= NODE_MINIMUM
          ? withChild(keyOf, child, shrunk)
          : joined(keyOf, child, shrunk);
    }

    /** Gives the entries of a child that became too small to its neighbour, splitting if needed. */
    private Node<K, E> joined(Function<E, K> keyOf, int child, Node<K, E> shrunk) {
      if (children.length == 1) {
        return shrunk.entries() == 0 ? new Leaf<>(new Object[0]) : branch(keyOf, nodes(shrunk));
      }
      int left = child > 0 ? child - 1 : 0;
      Node<K, E> first = left == child ? shrunk : children[left];
      Node<K, E> second = left == child ? children[child + 1] : shrunk;
      Node<K, E>[] merged = merge(keyOf, first, second);
      Object[] next = removed(children, left);
      next[left] = merged[0];
      if (merged.length == 2) {
        next = inserted(next, left + 1, merged[1]);
      }
      return branch(keyOf, nodes(next));
    }

    private static <K extends Comparable<K>, E> Node<K, E>[] merge(
        Function<E, K> keyOf, Node<K, E> first, Node<K, E> second) {
      Node<K, E> both =
          nodeOf(
              keyOf,
              first instanceof Leaf<K, E>,
              concatenated(entriesOf(first), entriesOf(second)));
      return isOverfull(both) ? halves(keyOf, both) : nodes(both);
    }

    @Override
    public boolean scan(Predicate<? super E> visitor) {
      for (Node<K, E> child : children) {
        if (!child.scan(visitor)) {
          return false;
        }
      }
      return true;
    }

    @Override
    public boolean scanFrom(Function<E, K> keyOf, K from, Predicate<? super E> visitor) {
      int child = childFor(from);
      if (!children[child].scanFrom(keyOf, from, visitor)) {
        return false;
      }
      for (int i = child + 1; i < children.length; i++) {
        if (!children[i].scan(visitor)) {
          return false;
        }
      }
      return true;
    }
  }

  private static boolean isOverfull(Node<?, ?> node) {
    return node.entries() > NODE_CAPACITY;
  }

  private static <K extends Comparable<K>, E> Node<K, E>[] halves(
      Function<E, K> keyOf, Node<K, E> node) {
    Object[] all = entriesOf(node);
    boolean leaf = node instanceof Leaf<K, E>;
    int half = all.length / 2;
    return nodes(
        nodeOf(keyOf, leaf, copy(all, 0, half)), nodeOf(keyOf, leaf, copy(all, half, all.length)));
  }

  private static <K extends Comparable<K>, E> Object[] entriesOf(Node<K, E> node) {
    return switch (node) {
      case Leaf<K, E> leaf -> leaf.elements;
      case Branch<K, E> branch -> branch.children;
    };
  }

  private static <K extends Comparable<K>, E> Node<K, E> nodeOf(
      Function<E, K> keyOf, boolean leaf, Object[] entries) {
    return leaf ? new Leaf<>(entries) : branch(keyOf, nodes(entries));
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // arrays of a generic type
  private static <K extends Comparable<K>, E> Branch<K, E> branch(
      Function<E, K> keyOf, Node<K, E>[] children) {
    Comparable<K>[] firstKeys = new Comparable[children.length];
    int size = 0;
    for (int i = 0; i < children.length; i++) {
      firstKeys[i] = children[i].firstKey(keyOf);
      size += children[i].size();
    }
    return new Branch<>(children, firstKeys, size);
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // arrays of a generic type
  private static <K extends Comparable<K>, E> Node<K, E>[] nodes(Object... entries) {
    Node<K, E>[] nodes = new Node[entries.length];
    System.arraycopy(entries, 0, nodes, 0, entries.length);
    return nodes;
  }

  @SuppressWarnings("unchecked") // only nodes are ever put in
  private static <K extends Comparable<K>, E> Node<K, E> node(Object node) {
    return (Node<K, E>) node;
  }

  private interface Span {
    Object of(int from, int to);
  }

  /** Cuts {@code count} entries into nodes that are as evenly full as possible. */
  private static Object[] chunks(int count, Span span) {
    int parts = (count + NODE_CAPACITY - 1) / NODE_CAPACITY;
    Object[] nodes = new Object[parts];
    for (int i = 0; i < parts; i++) {
      int from = (int) ((long) count * i / parts);
      int to = (int) ((long) count * (i + 1) / parts);
      nodes[i] = span.of(from, to);
    }
    return nodes;
  }

  private static Object[] copy(Object[] entries, int from, int to) {
    return Arrays.copyOfRange(entries, from, to, Object[].class);
  }

  private static Object[] inserted(Object[] entries, int at, Object entry) {
    Object[] grown = new Object[entries.length + 1];
    System.arraycopy(entries, 0, grown, 0, at);
    grown[at] = entry;
    System.arraycopy(entries, at, grown, at + 1, entries.length - at);
    return grown;
  }

  private static Object[] removed(Object[] entries, int at) {
    Object[] shrunk = new Object[entries.length - 1];
    System.arraycopy(entries, 0, shrunk, 0, at);
    System.arraycopy(entries, at + 1, shrunk, at, shrunk.length - at);
    return shrunk;
  }

  private static Object[] concatenated(Object[] first, Object[] second) {
    Object[] all = Arrays.copyOf(first, first.length + second.length, Object[].class);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }
}
