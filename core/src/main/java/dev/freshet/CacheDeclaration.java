package dev.freshet;

import dev.freshet.error.ConfigurationException;
import dev.freshet.object.FieldPath;
import dev.freshet.object.Namespaces;
import dev.freshet.object.ResourceType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A kind to keep a cache of, and how much of it. Immutable; each method gives a narrower or
 * otherwise different declaration.
 *
 * @param namespaces those to hold; with several, one stream follows each
 * @param selects the objects to hold, by label and by fields that the API server selects by; a read
 *     must ask for at least these conditions to be answered from the cache
 * @param metadataOnly whether to keep only metadata: names, labels, annotations, owners. Rows and
 *     {@code get("metadata.…")} work then; other fields and whole objects are refused
 * @param maxBytes how many bytes of objects each stream may hold, packed or not; beyond that the
 *     stream gives up what it holds and says so in its health, before the heap is lost
 * @param auditEvery how often each stream is compared with the API server, and after a long outage;
 *     zero for never. An audit costs a list of metadata
 * @param indexes what to find objects by, besides labels and namespaces
 * @param recent how long past snapshots stay readable by their version, for {@link
 *     Consistency#exactly}
 * @param packed whether the bytes of objects are held packed by what they have in common, in a
 *     tenth of the memory; each whole object or field that is read then takes some microseconds
 *     more. Without zstd's native library, or with too few objects, they are held as they are
 * @param touched an object of ours that {@link Fence#TOUCH} may write into
 */
public record CacheDeclaration(
    ResourceType type,
    Namespaces namespaces,
    Query selects,
    boolean metadataOnly,
    long maxBytes,
    Duration auditEvery,
    List<CacheIndex> indexes,
    RecentSnapshots recent,
    boolean packed,
    Optional<TouchTarget> touched) {

  /** Indexes that one cache may have. */
  public static final int MAX_INDEXES = 16;

  /** Bytes of objects that one stream may hold unless said otherwise: 300,000 Pods. */
  public static final long DEFAULT_MAX_BYTES = 3L << 30;

  /** Time between audits unless said otherwise. */
  public static final Duration DEFAULT_AUDIT_EVERY = Duration.ofMinutes(30);

  public CacheDeclaration {
    if (maxBytes <= 0) {
      throw new IllegalArgumentException("maxBytes must be positive, not " + maxBytes);
    }
    if (auditEvery.isNegative()) {
      throw new IllegalArgumentException("auditEvery must not be negative: " + auditEvery);
    }
    if (!namespaces.isAll() && !type.namespaced()) {
      throw new IllegalArgumentException(type + " do not live in namespaces");
    }
    if (!selects.indexed().isEmpty()) {
      throw new ConfigurationException(
          "the API server does not know the index " + selects.indexed().getFirst().index(),
          "Select what to hold by labels and fields.");
    }
    indexes = List.copyOf(indexes);
    requirePossible(type, indexes, metadataOnly);
    touched.ifPresent(target -> requireHeld(target, type, namespaces, selects));
  }

  /** An object outside of what the cache holds would be touched in vain. */
  private static void requireHeld(
      TouchTarget target, ResourceType type, Namespaces namespaces, Query selects) {
    if (!namespaces.isAll() && !namespaces.names().contains(target.object().namespace())) {
      throw new ConfigurationException(
          "the cache of " + type + " does not hold " + target.object() + ", which it is to touch",
          "Touch an object in one of its namespaces.");
    }
    boolean selected =
        !selects.labels().requirements().isEmpty() || !selects.fields().terms().isEmpty();
    if (target.made() && (selected || !type.qualifiedName().equals("pods"))) {
      throw new ConfigurationException(
          "Freshet makes Pods to touch, which the cache of " + type + " as declared does not hold",
          "Name an object that it holds.");
    }
  }

  private static void requirePossible(
      ResourceType type, List<CacheIndex> indexes, boolean metadataOnly) {
    if (indexes.stream().map(CacheIndex::name).distinct().count() < indexes.size()) {
      throw new ConfigurationException(
          "two indexes of " + type + " have one name", "Declare each once.");
    }
    if (indexes.size() > MAX_INDEXES) {
      throw new ConfigurationException(
          "the cache of " + type + " has more than " + MAX_INDEXES + " indexes",
          "Each costs memory and time at every change: declare those that are read.");
    }
    for (CacheIndex index : indexes) {
      if (metadataOnly
          && index instanceof CacheIndex.ByField(FieldPath path, String whenAbsent)
          && !path.isOfMetadata()) {
        throw new ConfigurationException(
            "a cache of metadata only of " + type + " cannot be indexed by " + path,
            "Declare a cache of whole objects, or index a field of the metadata.");
      }
    }
  }

  /**
   * Indexed by a field such as {@code spec.nodeName} too. A field selector on that path is then
   * answered from the cache, and by this index. An absent field counts as the empty text, or as
   * {@code false} or {@code 0} where the API says that it means that.
   *
   * @throws ConfigurationException if the path cannot be read, or no object of a built-in kind can
   *     have one value there
   */
  public CacheDeclaration index(String path) {
    return index(CacheIndex.of(type, path));
  }

  /** Indexed by what a function says too; {@link Query#index} asks for it by its name. */
  public CacheDeclaration index(String name, IndexFunction function) {
    return index(new CacheIndex.ByFunction(name, function));
  }

  private CacheDeclaration index(CacheIndex index) {
    List<CacheIndex> more = new ArrayList<>(indexes);
    more.add(index);
    return new CacheDeclaration(
        type,
        namespaces,
        selects,
        metadataOnly,
        maxBytes,
        auditEvery,
        more,
        recent,
        packed,
        touched);
  }

  /** The index of a field, if there is one. */
  Optional<CacheIndex.ByField> fieldIndex(String path) {
    for (CacheIndex index : indexes) {
      if (index instanceof CacheIndex.ByField field && field.name().equals(path)) {
        return Optional.of(field);
      }
    }
    return Optional.empty();
  }

  /** All objects of the kind. */
  public static CacheDeclaration of(ResourceType type) {
    return new CacheDeclaration(
        type,
        Namespaces.all(),
        Query.everything(),
        false,
        DEFAULT_MAX_BYTES,
        DEFAULT_AUDIT_EVERY,
        List.of(),
        RecentSnapshots.DEFAULT,
        true,
        Optional.empty());
  }

  /** Only those in one namespace. */
  public CacheDeclaration inNamespace(String only) {
    return inNamespaces(only);
  }

  /** Only those in these namespaces, each followed by a stream of its own. */
  public CacheDeclaration inNamespaces(String first, String... others) {
    return new CacheDeclaration(
        type,
        Namespaces.of(first, others),
        selects,
        metadataOnly,
        maxBytes,
        auditEvery,
        indexes,
        recent,
        packed,
        touched);
  }

  /** Only those that match, in addition to what is declared already. */
  public CacheDeclaration selecting(Query query) {
    return new CacheDeclaration(
        type,
        namespaces,
        selects.and(query),
        metadataOnly,
        maxBytes,
        auditEvery,
        indexes,
        recent,
        packed,
        touched);
  }

  /** Only the metadata of objects: a small part of their bytes, on the wire and in memory. */
  public CacheDeclaration ofMetadata() {
    return new CacheDeclaration(
        type, namespaces, selects, true, maxBytes, auditEvery, indexes, recent, packed, touched);
  }

  /** At most so many bytes of objects in each stream. */
  public CacheDeclaration maxBytes(long bytes) {
    return new CacheDeclaration(
        type,
        namespaces,
        selects,
        metadataOnly,
        bytes,
        auditEvery,
        indexes,
        recent,
        packed,
        touched);
  }

  /** Compared with the API server so often; zero for never. */
  public CacheDeclaration auditEvery(Duration period) {
    return new CacheDeclaration(
        type,
        namespaces,
        selects,
        metadataOnly,
        maxBytes,
        period,
        indexes,
        recent,
        packed,
        touched);
  }

  /** With past snapshots readable for so long; {@link RecentSnapshots#NONE} for not at all. */
  public CacheDeclaration recent(RecentSnapshots keep) {
    return new CacheDeclaration(
        type,
        namespaces,
        selects,
        metadataOnly,
        maxBytes,
        auditEvery,
        indexes,
        keep,
        packed,
        touched);
  }

  /**
   * With the bytes of objects held as they came: for programs that have memory to spare and read
   * whole objects all the time.
   */
  public CacheDeclaration unpacked() {
    return new CacheDeclaration(
        type,
        namespaces,
        selects,
        metadataOnly,
        maxBytes,
        auditEvery,
        indexes,
        recent,
        false,
        touched);
  }

  /**
   * With an object of ours that {@link Fence#TOUCH} may write into.
   *
   * @throws ConfigurationException if the cache does not hold it
   */
  public CacheDeclaration touching(TouchTarget target) {
    return new CacheDeclaration(
        type,
        namespaces,
        selects,
        metadataOnly,
        maxBytes,
        auditEvery,
        indexes,
        recent,
        packed,
        Optional.of(target));
  }

  /** With {@link TouchTarget#of an object that is there}, to be touched. */
  public CacheDeclaration touching(String namespace, String name) {
    return touching(TouchTarget.of(namespace, name));
  }
}
