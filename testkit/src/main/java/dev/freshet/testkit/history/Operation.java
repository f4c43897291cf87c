package dev.freshet.testkit.history;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** Something a client did, with the interval in which it happened. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Write.class, name = "write"),
  @JsonSubTypes.Type(value = Read.class, name = "read"),
})
public sealed interface Operation permits Write, Read {
  /** Unique within a history. */
  long id();

  /** Who did it. */
  Caller caller();

  /** When it began: taken before anything was asked. */
  long invokedNanos();

  /** When it was over: taken after the answer was in the caller's hands. */
  long returnedNanos();
}
