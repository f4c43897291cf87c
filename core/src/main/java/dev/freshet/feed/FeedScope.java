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
