package dev.freshet.bench.contender;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/**
 * One client whose cache of all Pods is measured. What it is asked returns a number made of all
 * that was asked for, so that no work can be left out. Ways are told by name, those that the client
 * offers; they are good until the cache is let go. For one thread, but for {@link #crowds()}.
 */
interface Contender {

  /** How many keys are looked up in one measure. */
  int GETS = 1_000;

  /** The value of the labels that are asked for. */
  String MARKED = "yes";

  /** A Pod's key and the version of it that is in the cache. */
  record Held(String namespace, String name, String resourceVersion) {}

  /** What is written to while strong lists are measured. */
  enum Busy {
    NOTHING,
    /** Another kind: the server moves on and the cache is not told. */
    ELSEWHERE,
    PODS
  }

  /** Opens a client and fills a cache; returns when the cache is complete. */
  void fill();

  /** Ends cache and client, and keeps nothing of them. */
  void letGo();

  /** What the cache holds. */
  Collection<Held> held();

  /** Ways to list from the cache the Pods with a label. */
  List<Way<String>> lists();

  /** Ways to look up a key in the cache. */
  List<Way<Held>> gets();

  /** Ways to make a whole object of what is at hand, without looking it up. */
  List<Way<Held>> objects();

  /** Ways to list the Pods with a label from the server. */
  List<Way<String>> directs();

  /** Ways to list the keys of the Pods with a label, strongly, where something is written to. */
  default List<Way<String>> strongs(Busy busy) {
    return List.of();
  }

  /** Ways for many threads at once to list the keys of the Pods with a label, strongly. */
  List<Way<String>> crowds();

  /**
   * Tells the new version of each Pod that changes, as soon as the cache shows it, until the cache
   * is let go; on any thread. Called once for each cache.
   */
  void follow(Consumer<String> version);

  /**
   * Fills a cache, from what an earlier one has left in the directory if it has, and lists strongly
   * the keys of the Pods with a label. What is in the cache when it is let go is left there.
   */
  default long begin(Path directory, String label) {
    throw new UnsupportedOperationException("keeps nothing for its next start");
  }

  /**
   * Recorded events that it applies and makes visible in a second; empty where that cannot be
   * measured without a server.
   *
   * @param list the complete list that they follow, as the server sent it in protobuf
   * @param watch the events, likewise
   */
  default OptionalDouble eventsPerSecond(Path list, Path watch) {
    return OptionalDouble.empty();
  }
}
