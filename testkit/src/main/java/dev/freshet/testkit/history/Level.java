package dev.freshet.testkit.history;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What a read was promised, and so by which floor it is judged. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Level.Cached.class, name = "cached"),
  @JsonSubTypes.Type(value = Level.Strong.class, name = "strong"),
  @JsonSubTypes.Type(value = Level.ReadYourWrites.class, name = "readYourWrites"),
  @JsonSubTypes.Type(value = Level.AtLeast.class, name = "atLeast"),
  @JsonSubTypes.Type(value = Level.Within.class, name = "within"),
  @JsonSubTypes.Type(value = Level.Exactly.class, name = "exactly"),
  @JsonSubTypes.Type(value = Level.Converged.class, name = "converged"),
})
public sealed interface Level {
  /** An atomic snapshot that never goes back in time within one cache and epoch. */
  record Cached() implements Level {}

  /** Linearizable. */
  record Strong() implements Level {}

  /** Sees what its session wrote and saw before. */
  record ReadYourWrites() implements Level {}

  /**
   * Sees what the maker of a token had done and seen.
   *
   * @param token the name under which a {@link Minted} records it
   */
  record AtLeast(String token) implements Level {}

  /** Sees everything committed this long before the read began. */
  record Within(long nanos) implements Level {}

  /**
   * The state of a token's own read.
   *
   * @param token the name under which a {@link Minted} records it
   */
  record Exactly(String token) implements Level {}

  /** Taken after quiet: the last state of its epoch. Not a level that users ask for. */
  record Converged() implements Level {}
}
