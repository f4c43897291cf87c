package dev.freshet.codec;

import dev.freshet.object.Body;
import dev.freshet.object.FieldPath;
import dev.freshet.object.StoredObject;
import dev.freshet.protobuf.Field;
import dev.freshet.protobuf.FieldTables;
import dev.freshet.protobuf.JsonForm;
import dev.freshet.protobuf.KnownKind;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Any bytes as the object of some kind: as row, as JSON and field by field. What is accepted must
 * be JSON, must not be much more than what came, and must say the same in each way.
 */
public final class CursorFuzz {

  /** Kinds that between them have each form of value that the tables know. */
  static final List<KnownKind> KINDS =
      List.of(
          kind("v1", "Pod"),
          kind("apiextensions.k8s.io/v1", "CustomResourceDefinition"),
          kind("apps/v1", "ControllerRevision"),
          kind("v1", "Secret"),
          kind("autoscaling/v2", "HorizontalPodAutoscaler"),
          kind("networking.k8s.io/v1", "NetworkPolicy"),
          kind("coordination.k8s.io/v1", "Lease"),
          kind("events.k8s.io/v1", "Event"),
          kind("certificates.k8s.io/v1", "CertificateSigningRequest"),
          kind("rbac.authorization.k8s.io/v1", "ClusterRole"),
          kind("apiregistration.k8s.io/v1", "APIService"),
          kind("meta.k8s.io/v1", "PartialObjectMetadata"));

  /** An empty element of a list takes two bytes, and JSON shows all that its kind demands. */
  private static final int MOST_JSON_PER_BYTE = 1 << 10;

  private static final JsonFactory JSON = new JsonFactory();

  private CursorFuzz() {}

  private static KnownKind kind(String apiVersion, String kind) {
    return FieldTables.get().kind(apiVersion, kind).orElseThrow();
  }

  /** The entry point that Jazzer looks for. */
  public static void fuzzerTestOneInput(byte[] input) {
    KnownKind kind = KINDS.get(FuzzTarget.choice(input, 0) % KINDS.size());
    byte[] message = FuzzTarget.rest(input, 1);
    byte[] json = json(kind, message);
    for (Field field : kind.message().fields()) {
      if (field.inlined()) {
        continue;
      }
      var path = FieldPath.of("['" + field.name() + "']");
      Read read = read(kind, message, path);
      if (json != null) {
        check(read.accepted(), "JSON was made, and yet the field is refused", path);
        check(Objects.equals(read.text(), JsonField.read(json, path)), "JSON has another", path);
      }
    }
    for (String path : List.of("metadata.labels.app", "spec.containers[0].image", "a[1].b")) {
      read(kind, message, FieldPath.of(path));
    }
    row(kind, message);
  }

  private static byte @Nullable [] json(KnownKind kind, byte[] message) {
    byte[] json;
    try {
      json = JsonForm.of(kind, message);
    } catch (RuntimeException e) {
      FuzzTarget.refusal(e);
      return null;
    }
    long most = (long) MOST_JSON_PER_BYTE * (message.length + 4);
    check(json.length <= most, "much JSON of little", json.length);
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
      while (parser.nextToken() != null) {}
    }
    return json;
  }

  private record Read(boolean accepted, @Nullable String text) {}

  private static Read read(KnownKind kind, byte[] message, FieldPath path) {
    try {
      return new Read(true, ProtobufField.read(kind, message, message.length, path));
    } catch (RuntimeException e) {
      FuzzTarget.refusal(e);
      return new Read(false, null);
    }
  }

  private static void row(KnownKind kind, byte[] message) {
    StoredObject row;
    try {
      var reader = new ProtobufObjectReader();
      reader.read(message, 0, message.length);
      row = reader.toStoredObject(new Body.Encoding.Protobuf(kind));
    } catch (RuntimeException e) {
      FuzzTarget.refusal(e);
      return;
    }
    byte[] kept = row.body().bytes();
    check(kept.length <= message.length, "the cut made the object longer", kept.length);
    for (String path : List.of("name", "namespace", "uid", "resourceVersion")) {
      String said = ProtobufField.read(kind, kept, kept.length, FieldPath.of("metadata." + path));
      String is =
          switch (path) {
            case "name" -> row.key().name();
            case "namespace" -> row.key().namespace();
            case "uid" -> row.uid();
            default -> row.resourceVersion().toString();
          };
      check(is.equals(said == null ? "" : said), "row and object differ", path + is + said);
    }
    String managed =
        ProtobufField.read(kind, kept, kept.length, FieldPath.of("metadata.managedFields"));
    check(managed == null, "managedFields are still there", "");
  }

  private static void check(boolean sound, String problem, Object where) {
    if (!sound) {
      throw new AssertionError(problem + ": " + where);
    }
  }
}
