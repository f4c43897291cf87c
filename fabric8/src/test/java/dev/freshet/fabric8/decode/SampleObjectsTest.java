package dev.freshet.fabric8.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.object.Body;
import dev.freshet.protobuf.Cursor;
import dev.freshet.protobuf.FieldTables;
import dev.freshet.protobuf.KnownKind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The samples that Kubernetes publishes: every field of every kind is filled. */
class SampleObjectsTest {

  private static final Path SAMPLES =
      Path.of("../core/src/test/resources/dev/freshet/kubernetes/samples.zip");

  private static final KubernetesSerialization FABRIC8 = new KubernetesSerialization();

  /** One object in both formats. */
  @SuppressWarnings("ArrayRecordComponent") // only carried
  record Sample(String name, byte[] protobuf, byte[] json) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Sample> samples() throws IOException {
    List<Sample> samples = new ArrayList<>();
    try (ZipFile zip = new ZipFile(SAMPLES.toFile())) {
      for (ZipEntry entry : zip.stream().filter(SampleObjectsTest::isObject).toList()) {
        String name = entry.getName().replace(".pb", "");
        samples.add(new Sample(name, read(zip, entry), read(zip, zip.getEntry(name + ".json"))));
      }
    }
    return samples.stream();
  }

  /** A WatchEvent is what objects travel in: the watch decoder reads it, and nobody lists it. */
  private static boolean isObject(ZipEntry entry) {
    return entry.getName().endsWith(".pb") && !entry.getName().endsWith("WatchEvent.pb");
  }

  private static byte[] read(ZipFile zip, ZipEntry entry) throws IOException {
    try (InputStream in = zip.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void protobufGivesTheSameModelObjectAsJson(Sample sample) {
    Envelope envelope = Envelope.open(sample.protobuf());
    KnownKind kind = FieldTables.get().kind(envelope.apiVersion(), envelope.kind()).orElseThrow();
    Class<?> model = model(kind);
    Object fromJson = ModelJson.reader(model).readValue(sample.json());
    Object fromProtobuf =
        new ModelObjects<>(model).decode(Body.of(envelope.raw(), new Body.Encoding.Protobuf(kind)));
    assertThat(fromProtobuf).usingRecursiveComparison().isEqualTo(fromJson);
    assertThat(FABRIC8.asJson(fromProtobuf)).isEqualTo(FABRIC8.asJson(fromJson));
  }

  private static Class<?> model(KnownKind kind) {
    Class<?> known = FABRIC8.getRegisteredKubernetesResource(kind.apiVersion(), kind.kind());
    return known == null ? GenericKubernetesResource.class : known;
  }

  /** What stands around an object that travels alone. */
  @SuppressWarnings("ArrayRecordComponent") // only carried
  record Envelope(String apiVersion, String kind, byte[] raw) {
    private static final int MAGIC_BYTES = 4;

    static Envelope open(byte[] bytes) {
      Cursor cursor = new Cursor(bytes, MAGIC_BYTES, bytes.length);
      String apiVersion = "";
      String kind = "";
      byte[] raw = {};
      while (cursor.next()) {
        switch (cursor.number()) {
          case 1 -> {
            int outer = cursor.enter();
            while (cursor.next()) {
              switch (cursor.number()) {
                case 1 -> apiVersion = cursor.string();
                case 2 -> kind = cursor.string();
                default -> cursor.skip();
              }
            }
            cursor.leave(outer);
          }
          case 2 -> raw = cursor.bytes();
          default -> cursor.skip();
        }
      }
      return new Envelope(apiVersion, kind, raw);
    }
  }
}
