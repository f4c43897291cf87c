package dev.freshet.testkit.history;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/**
 * A token was made. What it stands for is derived from the rest of the history, not from the
 * token's own bytes, which are among the suspects.
 *
 * @param token a name for it, unique within the history
 * @param source what it was made of
 */
public record Minted(
    long id, Caller caller, String token, Source source, long invokedNanos, long returnedNanos)
    implements Operation {

  /** What a token stands for. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = OfSession.class, name = "session"),
    @JsonSubTypes.Type(value = OfRead.class, name = "read"),
    @JsonSubTypes.Type(value = OfVersion.class, name = "version"),
    @JsonSubTypes.Type(value = Merged.class, name = "merged"),
  })
  public sealed interface Source {}

  /** Everything that the caller's session had done and seen before. */
  public record OfSession() implements Source {}

  /** One answer, by the id of its {@link Read}. */
  public record OfRead(long read) implements Source {}

  /** One version of a kind, as an event tells it. */
  public record OfVersion(String collection, long rv) implements Source {}

  /** Everything that these tokens stand for. */
  public record Merged(List<String> tokens) implements Source {
    public Merged {
      tokens = List.copyOf(tokens);
    }
  }
}
