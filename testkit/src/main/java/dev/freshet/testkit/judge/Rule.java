package dev.freshet.testkit.judge;

/** What a history must keep to; the short names are those of {@code docs/design/judge.md}. */
public enum Rule {
  SNAPSHOT("R1", "an answer is the collection's state at exactly its version"),
  FRESH("R2", "an answer shows everything that its level promises"),
  FUTURE("R3", "an answer shows nothing that was written after it"),
  ORDER("W1", "a write that began after another had ended has the higher version"),
  LOST_UPDATE("W2", "a write with a precondition follows the version it named"),
  OUTCOME("outcome", "a write that was acknowledged is in etcd, one that was refused is not"),
  MONOTONIC("monotone", "a cache never goes back in time within an epoch"),
  AGE("age", "an answer is no older than it admits"),
  CUT("cut", "the parts of a cut over several kinds show one version"),
  CONVERGED("final", "after quiet, a cache holds the last state of etcd"),
  EPOCH("epoch", "what is strong or dated comes from the epoch that runs"),
  FILTERED("filtered", "a stream tells only of objects that are or were selected"),
  ORDERED("ordered", "a stream's versions never fall"),
  UNIQUE("unique", "a stream tells each change once"),
  RELIABLE("reliable", "a stream tells every change between its first and last, as it was"),
  RESUMABLE("resumable", "a stream begins right after the version it was asked from"),
  BOOKMARKABLE("bookmarkable", "a stream's bookmark comes after every change up to its version"),
  KEY_ORDER("key order", "within one uid, an object's versions never fall"),
  STREAM_END("stream end", "what a stream told last of each object is the object's last state");

  private final String shortName;
  private final String meaning;

  Rule(String shortName, String meaning) {
    this.shortName = shortName;
    this.meaning = meaning;
  }

  /** As in {@code R1}. */
  public String shortName() {
    return shortName;
  }

  /** The rule in one sentence. */
  public String meaning() {
    return meaning;
  }
}
