package dev.freshet.testkit.history;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** Something a client did, with the interval in which it happened. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Write.class, name = "write"),
  @JsonSubTypes.Type(value = Read.class, name = "read"),
  @JsonSubTypes.Type(value = Saw.class, name = "saw"),
  @JsonSubTypes.Type(value = Minted.class, name = "minted"),
  @JsonSubTypes.Type(value = Adopted.class, name = "adopted"),
  @JsonSubTypes.Type(value = Watched.class, name = "watched"),
})
public sealed interface Operation permits Write, Read, Saw, Minted, Adopted, Watched {
  /** Unique within a history. */
  long id();

  /** Who did it. */
  Caller caller();

  /** When it began: taken before anything was asked. */
  long invokedNanos();

  /** When it was over: taken after the answer was in the caller's hands. */
  long returnedNanos();
}
