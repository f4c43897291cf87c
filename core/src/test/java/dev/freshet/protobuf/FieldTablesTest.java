package dev.freshet.protobuf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;

class FieldTablesTest {

  private final FieldTables tables = FieldTables.get();

  @Test
  void findsAKindByGroupVersionAndName() {
    assertThat(message("v1", "Pod").name()).isEqualTo("core.v1.Pod");
    assertThat(message("apps/v1", "Deployment").name()).isEqualTo("apps.v1.Deployment");
    assertThat(message("apiextensions.k8s.io/v1", "CustomResourceDefinition").name())
        .isEqualTo("apiextensions.v1.CustomResourceDefinition");
    assertThat(message("apiregistration.k8s.io/v1", "APIService").name())
        .isEqualTo("apiregistration.v1.APIService");
    assertThat(message("meta.k8s.io/v1", "PartialObjectMetadataList").name())
        .isEqualTo("meta.v1.PartialObjectMetadataList");
    assertThat(message("v1", "Status").name()).isEqualTo("meta.v1.Status");
  }

  @Test
  void knowsNoCustomResources() {
    assertThat(tables.kind("example.com/v1", "Widget")).isEmpty();
    assertThat(tables.kind("apps/v1", "Widget")).isEmpty();
    assertThat(tables.kind("meta.k8s.io/v1", "Table")).isEmpty();
  }

  @Test
  void everyFieldOfEveryMessageCanBeRead() {
    int fields = 0;
    for (KnownKind kind : tables.kinds()) {
      fields += kind.message().fields().size();
    }
    assertThat(tables.kinds()).hasSizeGreaterThan(350);
    assertThat(fields).isGreaterThan(900);
  }

  @Test
  void aFieldSaysHowJsonHasIt() {
    MessageTable meta = tables.message("meta.v1.ObjectMeta").orElseThrow();
    Field labels = field(meta, "labels");
    assertThat(labels.number()).isEqualTo(11);
    assertThat(labels.count()).isEqualTo(Field.Count.MAP);
    assertThat(labels.type()).isEqualTo(Field.Type.STRING);
    assertThat(labels.omitEmpty()).isTrue();
    Field created = field(meta, "creationTimestamp");
    assertThat(created.messageOrThrow().form()).isEqualTo(Form.TIME);
    assertThat(created.omitZero()).isTrue();
    assertThat(meta.byNumber(8)).isSameAs(created);
    assertThat(meta.byNumber(99)).isNull();
    assertThat(meta.byNumber(-1)).isNull();
  }

  @Test
  void inlinedMessagesHaveNoName() {
    MessageTable volume = tables.message("core.v1.Volume").orElseThrow();
    Field source = Objects.requireNonNull(volume.byNumber(2));
    assertThat(source.inlined()).isTrue();
    assertThat(source.messageOrThrow().name()).isEqualTo("core.v1.VolumeSource");
    assertThat(volume.byName("")).isNull();
  }

  @Test
  void namesThatOnlyJsonHasAreRight() {
    MessageTable schema = tables.message("apiextensions.v1.JSONSchemaProps").orElseThrow();
    assertThat(field(schema, "$ref").number()).isEqualTo(3);
    assertThat(field(schema, "x-kubernetes-list-type").number()).isEqualTo(42);
    assertThat(field(schema, "maximum").type()).isEqualTo(Field.Type.DOUBLE);
  }

  private MessageTable message(String apiVersion, String kind) {
    return tables.kind(apiVersion, kind).orElseThrow().message();
  }

  private static Field field(MessageTable message, String name) {
    return Objects.requireNonNull(message.byName(name), name);
  }
}
