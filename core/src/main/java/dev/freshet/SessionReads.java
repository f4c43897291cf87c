package dev.freshet;

import java.time.Duration;

/**
 * Reads of one kind within a {@link Session}: without a level they are {@link
 * Consistency#readYourWrites()}, and any other may be named. Whatever the level, later reads of the
 * session do not go back behind what a read has shown.
 *
 * <p>Immutable and thread-safe, as {@link Reads}, whose contract holds here too.
 */
public final class SessionReads<T> {

  private final Reads<T> reads;

  SessionReads(Reads<T> reads) {
    this.reads = reads;
  }

  /** The same reads in one namespace. */
  public SessionReads<T> inNamespace(String namespace) {
    return new SessionReads<>(reads.inNamespace(namespace));
  }

  /** The same reads in several namespaces. */
  public SessionReads<T> inNamespaces(String first, String... others) {
    return new SessionReads<>(reads.inNamespaces(first, others));
  }

  /** The same reads in all namespaces, as at first. */
  public SessionReads<T> inAnyNamespace() {
    return new SessionReads<>(reads.inAnyNamespace());
  }

  /** The same reads under another caller's name. */
  public SessionReads<T> as(String caller) {
    return new SessionReads<>(reads.as(caller));
  }

  /** The same reads, each failing if it takes longer than this. */
  public SessionReads<T> within(Duration longest) {
    return new SessionReads<>(reads.within(longest));
  }

  /** The same reads, {@code strong()} ones given in this way; see {@link Reads#fence}. */
  public SessionReads<T> fence(Fence way) {
    return new SessionReads<>(reads.fence(way));
  }

  /** All objects. */
  public ReadList<T> list() {
    return list(Query.everything());
  }

  /** The objects that match. */
  public ReadList<T> list(Query query) {
    return list(query, Consistency.readYourWrites());
  }

  /** All objects, with another promise. */
  public ReadList<T> list(Consistency level) {
    return reads.list(level);
  }

  /** The objects that match, with another promise. */
  public ReadList<T> list(Query query, Consistency level) {
    return reads.list(query, level);
  }

  /** One object of a cluster-scoped kind, or of the namespace these reads are in. */
  public Read<T> get(String name) {
    return get(name, Consistency.readYourWrites());
  }

  /** The same with another promise. */
  public Read<T> get(String name, Consistency level) {
    return reads.get(name, level);
  }

  /** One object of a namespaced kind. */
  public Read<T> get(String namespace, String name) {
    return inNamespace(namespace).get(name);
  }

  /** One object of a namespaced kind, with another promise. */
  public Read<T> get(String namespace, String name, Consistency level) {
    return reads.get(namespace, name, level);
  }

  /** Pins a state that also shows all that the session has seen; see {@link Reads#pin}. */
  public SnapshotReads<T> pin(Consistency level) {
    return reads.pin(level);
  }

  /** What {@link #list(Query)} would do now, without doing it. */
  public Plan explain(Query query) {
    return explain(query, Consistency.readYourWrites());
  }

  /** What {@link #list(Query, Consistency)} would do now, without doing it. */
  public Plan explain(Query query, Consistency level) {
    return reads.explain(query, level);
  }
}
