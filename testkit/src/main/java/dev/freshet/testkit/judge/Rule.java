package dev.freshet.testkit.judge;

/** What a history must keep to; the short names are those of {@code docs/design/judge.md}. */
public enum Rule {
  SNAPSHOT("R1", "an answer is the collection's state at exactly its version"),
  CONVERGED("final", "after quiet, a cache holds the last state of etcd");

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
