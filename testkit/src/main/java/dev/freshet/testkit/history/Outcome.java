package dev.freshet.testkit.history;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** How a write ended, as its client was told. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Outcome.Done.class, name = "done"),
  @JsonSubTypes.Type(value = Outcome.Refused.class, name = "refused"),
  @JsonSubTypes.Type(value = Outcome.Unknown.class, name = "unknown"),
})
public sealed interface Outcome {
  /**
   * It happened.
   *
   * @param rv the version in the answer; {@link Answer#UNKNOWN} when the answer carried none, as
   *     those of deletes may
   */
  record Done(long rv) implements Outcome {}

  /** It did not happen: a status of the 400s. */
  record Refused(String why) implements Outcome {}

  /** Nobody knows: a timeout, a broken connection, a status of the 500s. */
  record Unknown(String why) implements Outcome {}
}
