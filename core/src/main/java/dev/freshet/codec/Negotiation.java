package dev.freshet.codec;

import dev.freshet.error.MalformedResponseException;
import dev.freshet.object.ResourceType;
import dev.freshet.protobuf.FieldTables;
import java.util.Locale;
import java.util.Optional;

/**
 * Which formats a kind is asked for in, and which one an answer came in. Protobuf first and JSON
 * second where the field tables know the kind; else JSON alone, since what came in protobuf could
 * not be read. Stateless and thread-safe.
 */
public final class Negotiation {

  private static final String JSON = "application/json";
  private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";

  private static final String PARTIAL = ";g=meta.k8s.io;v=v1;as=PartialObjectMetadata";

  private final boolean protobuf;
  private final boolean metadataOnly;

  private Negotiation(boolean protobuf, boolean metadataOnly) {
    this.protobuf = protobuf;
    this.metadataOnly = metadataOnly;
  }

  /** For the objects of a kind, whole. */
  public static Negotiation of(ResourceType type) {
    return new Negotiation(
        FieldTables.get().kind(type.apiVersion(), type.kind()).isPresent(), false);
  }

  /**
   * For the metadata of objects of any kind, custom ones included. A server that cannot cut objects
   * down sends them whole, in JSON.
   */
  public static Negotiation ofMetadata() {
    return new Negotiation(true, true);
  }

  /** The Accept header of a list. */
  public String acceptList() {
    return accept("List");
  }

  /** The Accept header of a watch. */
  public String acceptWatch() {
    return accept("");
  }

  private String accept(String plural) {
    if (metadataOnly) {
      String as = PARTIAL + plural;
      return PROTOBUF + as + "," + JSON + as + "," + JSON;
    }
    return protobuf ? PROTOBUF + "," + JSON : JSON;
  }

  /**
   * The codec of an answer.
   *
   * @param contentType its Content-Type header; without one it is taken for JSON
   * @throws MalformedResponseException if it is in a format that was not asked for
   */
  public Codec codec(Optional<String> contentType) {
    String type = contentType.map(Negotiation::mediaType).orElse(JSON);
    if (type.equals(JSON)) {
      return JsonCodec.INSTANCE;
    }
    if (protobuf && type.equals(PROTOBUF)) {
      return ProtobufCodec.INSTANCE;
    }
    throw new MalformedResponseException(
        "the answer is of type \""
            + contentType.orElse("")
            + "\" where "
            + acceptList()
            + " was asked",
        "Something between this client and the API server may have replaced the answer.");
  }

  /** Without parameters such as {@code charset} or {@code stream}. */
  private static String mediaType(String contentType) {
    int semicolon = contentType.indexOf(';');
    String type = semicolon < 0 ? contentType : contentType.substring(0, semicolon);
    return type.strip().toLowerCase(Locale.ROOT);
  }
}
