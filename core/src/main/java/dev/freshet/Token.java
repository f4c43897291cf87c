package dev.freshet;

import dev.freshet.error.InvalidTokenException;
import dev.freshet.object.ResourceVersion;
import dev.freshet.session.TokenFloors;
import dev.freshet.session.TokenText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What somebody has seen and written, as a text to hand on: a read {@code atLeast} a token sees all
 * of it, in any process. Immutable and thread-safe.
 *
 * <p>The text is opaque and goes into an HTTP header. It holds at most {@link #MAX_LENGTH}
 * characters; what has no room in there makes later reads strong, never weaker. It names its
 * cluster: at another one a read with it is strong. It promises nothing across an etcd restore; one
 * from before, whose versions lie below the new head, cannot be told from a good one.
 */
public final class Token {

  /** Characters of an encoded token, at most. */
  public static final int MAX_LENGTH = TokenText.MAX_LENGTH;

  private final TokenFloors floors;

  Token(TokenFloors floors) {
    this.floors = floors;
  }

  /**
   * Reads what {@link #encode()} wrote.
   *
   * @throws InvalidTokenException if the text is truncated, changed, too long, of a newer Freshet
   *     or no token at all; says which
   */
  public static Token parse(String text) {
    return new Token(TokenText.parse(text));
  }

  /** The text: ASCII letters, digits, {@code -}, {@code _} and a full stop. */
  public String encode() {
    return TokenText.encode(floors);
  }

  /**
   * A token for what both have seen.
   *
   * @throws InvalidTokenException if they are of different clusters
   */
  public Token and(Token other) {
    return new Token(floors.and(other.floors));
  }

  /**
   * The cluster it belongs to: {@code uid:} and the UID of the namespace {@code kube-system}, or
   * {@code address:} and a hash of the server's address and authority where that may not be read.
   */
  public String cluster() {
    return floors.cluster();
  }

  /** What a read {@code atLeast} this must show, by collection and namespace. */
  public List<Seen> seen() {
    List<Seen> seen = new ArrayList<>();
    floors
        .collections()
        .forEach(
            (collection, namespaces) ->
                namespaces.forEach(
                    (namespace, version) ->
                        seen.add(
                            new Seen(
                                collection,
                                namespace,
                                Optional.of(version).filter(ResourceVersion::isComparable)))));
    return List.copyOf(seen);
  }

  /** Whether reads of every collection that {@link #seen()} does not name must be strong. */
  public boolean isRestStrong() {
    return floors.restStrong();
  }

  /**
   * The least that reads of one collection must show.
   *
   * @param collection by name as in RBAC, such as {@code deployments.apps}
   * @param namespace empty for all namespaces, and for cluster-scoped kinds
   * @param version empty if only a strong read shows what was seen
   */
  public record Seen(String collection, String namespace, Optional<ResourceVersion> version) {}

  TokenFloors floors() {
    return floors;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Token token && token.floors.equals(floors);
  }

  @Override
  public int hashCode() {
    return floors.hashCode();
  }

  /** What it holds, for people. */
  @Override
  public String toString() {
    return floors.toString();
  }
}
