package dev.freshet.bench.contender;

import java.util.Collection;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * One client whose cache of all Pods is measured. What it is asked returns a number made of all
 * that was asked for, so that no work can be left out. For one thread.
 */
interface Contender {

  /** How many keys are looked up in one measure. */
  int GETS = 1_000;

  /** The value of the labels that are asked for. */
  String MARKED = "yes";

  /** A Pod's key and the version of it that is in the cache. */
  record Held(String namespace, String name, String resourceVersion) {}

  /** Opens a client and fills a cache; returns when the cache is complete. */
  void fill();

  /** Ends cache and client, and keeps nothing of them. */
  void letGo();

  /** What the cache holds. */
  Collection<Held> held();

  /** Ways to list from the cache the Pods with a label, by name; those that the client offers. */
  Map<String, ToLongFunction<String>> lists();

  /** Ways to look up a key in the cache, by name. */
  Map<String, ToLongFunction<Held>> gets();

  /** Ways to list the Pods with a label from the server, by name. */
  Map<String, ToLongFunction<String>> directs();
}
