package dev.freshet;

import dev.freshet.object.Namespaces;
import dev.freshet.object.ResourceType;
import java.time.Duration;

/**
 * A kind to keep a cache of, and how much of it. Immutable; each method gives a narrower or
 * otherwise different declaration.
 *
 * @param namespaces those to hold; with several, one stream follows each
 * @param selects the objects to hold, by label and by fields that the API server selects by; a read
 *     must ask for at least these conditions to be answered from the cache
 * @param metadataOnly whether to keep only metadata: names, labels, annotations, owners. Rows and
 *     {@code get("metadata.…")} work then; other fields and whole objects are refused
 * @param maxBytes how many bytes of objects each stream may hold; beyond that the stream gives up
 *     what it holds and says so in its health, before the heap is lost
 * @param auditEvery how often each stream is compared with the API server, and after a long outage;
 *     zero for never. An audit costs a list of metadata
 */
public record CacheDeclaration(
    ResourceType type,
    Namespaces namespaces,
    Query selects,
    boolean metadataOnly,
    long maxBytes,
    Duration auditEvery) {

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
  }

  /** All objects of the kind. */
  public static CacheDeclaration of(ResourceType type) {
    return new CacheDeclaration(
        type, Namespaces.all(), Query.everything(), false, DEFAULT_MAX_BYTES, DEFAULT_AUDIT_EVERY);
  }

  /** Only those in one namespace. */
  public CacheDeclaration inNamespace(String only) {
    return inNamespaces(only);
  }

  /** Only those in these namespaces, each followed by a stream of its own. */
  public CacheDeclaration inNamespaces(String first, String... others) {
    return new CacheDeclaration(
        type, Namespaces.of(first, others), selects, metadataOnly, maxBytes, auditEvery);
  }

  /** Only those that match, in addition to what is declared already. */
  public CacheDeclaration selecting(Query query) {
    return new CacheDeclaration(
        type, namespaces, selects.and(query), metadataOnly, maxBytes, auditEvery);
  }

  /** Only the metadata of objects: a small part of their bytes, on the wire and in memory. */
  public CacheDeclaration ofMetadata() {
    return new CacheDeclaration(type, namespaces, selects, true, maxBytes, auditEvery);
  }

  /** At most so many bytes of objects in each stream. */
  public CacheDeclaration maxBytes(long bytes) {
    return new CacheDeclaration(type, namespaces, selects, metadataOnly, bytes, auditEvery);
  }

  /** Compared with the API server so often; zero for never. */
  public CacheDeclaration auditEvery(Duration period) {
    return new CacheDeclaration(type, namespaces, selects, metadataOnly, maxBytes, period);
  }
}
