package dev.freshet.feed;

import dev.freshet.codec.Negotiation;
import dev.freshet.object.ResourceType;
import dev.freshet.request.CollectionUrl;
import dev.freshet.selector.FieldSelector;
import dev.freshet.selector.LabelSelector;
import java.util.Optional;

/**
 * What one feed follows.
 *
 * @param namespace the only one; empty for all
 * @param labels which objects, by label; the server does the selecting
 * @param fields which objects, by field; likewise
 * @param metadataOnly whether only the objects' metadata are wanted
 */
public record FeedScope(
    ResourceType type,
    Optional<String> namespace,
    LabelSelector labels,
    FieldSelector fields,
    boolean metadataOnly) {

  /** All objects of a kind, whole. */
  public static FeedScope of(ResourceType type) {
    return new FeedScope(
        type, Optional.empty(), LabelSelector.everything(), FieldSelector.everything(), false);
  }

  /** The same, of metadata only. */
  public FeedScope ofMetadata() {
    return new FeedScope(type, namespace, labels, fields, true);
  }

  /**
   * What tells this from other scopes in what is saved; empty if it is not to be saved: Secrets,
   * and kinds of which no audit could show whether what was saved is right.
   *
   * @param packed whether its objects are packed
   */
  public Optional<String> savedAs(boolean packed) {
    if (type.sharesVersions() || type.qualifiedName().equals("secrets")) {
      return Optional.empty();
    }
    return Optional.of(
        String.join(
            "\n",
            type.apiVersion(),
            type.plural(),
            type.kind(),
            type.namespaced() ? "namespaced" : "cluster",
            namespace.orElse(""),
            metadataOnly ? "metadata" : "whole",
            packed ? "packed" : "plain",
            labels.toString(),
            // The only one that can have a line break in it.
            fields.toString()));
  }

  /** The formats to ask for. */
  Negotiation formats() {
    return metadataOnly ? Negotiation.ofMetadata() : Negotiation.of(type);
  }

  /** The beginning of every URL of this scope. */
  CollectionUrl url() {
    return CollectionUrl.of(type, namespace).labels(labels).fields(fields);
  }

  @Override
  public String toString() {
    return type + namespace.map(in -> " in namespace " + in).orElse("");
  }
}
