package dev.freshet.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.freshet.error.LimitExceededException;
import dev.freshet.error.MalformedResponseException;
import dev.freshet.object.Body;
import dev.freshet.object.FieldPath;
import dev.freshet.protobuf.Cursor;
import dev.freshet.protobuf.FieldTables;
import dev.freshet.protobuf.JsonForm;
import dev.freshet.protobuf.KnownKind;
import dev.freshet.protobuf.WireBytes;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is done to an object's bytes, reading them gives a value or a typed error. */
class DamagedObjectsTest {

  private static final int DAMAGES = 100;

  private static final List<FieldPath> PATHS =
      List.of(
          FieldPath.of("metadata.labels['labelsKey']"),
          FieldPath.of("metadata.ownerReferences[0].uid"),
          FieldPath.of("spec"),
          FieldPath.of("spec.containers[0].resources.limits"),
          FieldPath.of("status.conditions[0].lastTransitionTime"));

  static List<Samples.Sample> samples() {
    return SamplesTest.full();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void changedBytesAreReadOrRefused(Samples.Sample sample) {
    Random random = new Random(sample.name().hashCode());
    for (int i = 0; i < DAMAGES; i++) {
      byte[] damaged = sample.protobuf().clone();
      for (int j = 0; j <= random.nextInt(3); j++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      readsOrRefuses(damaged);
    }
  }

  @Test
  void anObjectCutAnywhereIsReadOrRefused() {
    for (String name : List.of("api/core.v1.Pod", "api/apps.v1.Deployment")) {
      byte[] whole = Samples.named(name).protobuf();
      for (int length = 0; length < whole.length; length++) {
        readsOrRefuses(Arrays.copyOf(whole, length));
      }
    }
  }

  @Test
  void nestingIsBounded() {
    KnownKind kind =
        FieldTables.get().kind("apiextensions.k8s.io/v1", "CustomResourceDefinition").orElseThrow();
    WireBytes schema = WireBytes.message();
    for (int i = 0; i < 10_000; i++) {
      // JSONSchemaProps.not
      schema = WireBytes.message().message(28, schema);
    }
    WireBytes validation = WireBytes.message().message(1, schema);
    WireBytes spec = WireBytes.message().message(7, WireBytes.message().message(4, validation));
    byte[] object = WireBytes.message().message(2, spec).toBytes();
    assertThat(catchThrowable(() -> JsonForm.of(kind, object)))
        .isInstanceOf(LimitExceededException.class);
    Body body = Body.of(object, new Body.Encoding.Protobuf(kind));
    FieldPath deep = FieldPath.of("spec.versions[0].schema.openAPIV3Schema" + ".not".repeat(300));
    assertThat(catchThrowable(() -> Codec.field(body, deep)))
        .isInstanceOf(LimitExceededException.class);
  }

  private static void readsOrRefuses(byte[] envelope) {
    typedOrNone(
        () -> {
          Body body = body(envelope);
          if (body.encoding() instanceof Body.Encoding.Protobuf(var kind)) {
            typedOrNone(() -> JsonForm.of(kind, body.bytes()));
          }
          PATHS.forEach(path -> typedOrNone(() -> Codec.field(body, path)));
          typedOrNone(
              () -> {
                var reader = new ProtobufObjectReader();
                reader.read(body.bytes(), 0, body.heldBytes());
                reader.toStoredObject(body.encoding());
              });
        });
  }

  private static Body body(byte[] envelopeBytes) {
    Envelope envelope = new Envelope();
    Cursor cursor = new Cursor(envelopeBytes);
    envelope.enter(cursor, envelopeBytes);
    return Body.of(
        Arrays.copyOfRange(envelopeBytes, cursor.place(), cursor.limit()),
        new Body.Encoding.Protobuf(envelope.known(0)));
  }

  private static void typedOrNone(Runnable read) {
    Throwable failure = catchThrowable(read::run);
    if (failure != null) {
      assertThat(failure)
          .isInstanceOfAny(MalformedResponseException.class, LimitExceededException.class);
    }
  }
}
