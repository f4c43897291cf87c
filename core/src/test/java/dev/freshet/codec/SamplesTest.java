package dev.freshet.codec;

import static dev.freshet.codec.PodJson.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.object.Body;
import dev.freshet.object.FieldPath;
import dev.freshet.object.StoredObject;
import dev.freshet.protobuf.Cursor;
import dev.freshet.protobuf.Field;
import dev.freshet.protobuf.FieldTables;
import dev.freshet.protobuf.JsonForm;
import dev.freshet.protobuf.MessageTable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** What is read from protobuf is what the JSON beside it holds, for every kind. */
class SamplesTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** The one type without a kind, in JSON too. */
  private static final String WATCH_EVENT = "api/core.v1.WatchEvent";

  static List<Samples.Sample> full() {
    return Samples.full().stream().filter(sample -> !sample.name().equals(WATCH_EVENT)).toList();
  }

  static List<Samples.Sample> all() {
    return Stream.concat(full().stream(), Samples.sparse().stream()).toList();
  }

  @Test
  void thereAreSamplesOfEveryKind() {
    assertThat(full()).hasSizeGreaterThan(190);
  }

  @Test
  void aWatchEventIsTheJsonToo() {
    Samples.Sample sample = Samples.named(WATCH_EVENT);
    Cursor cursor = new Cursor(sample.protobuf());
    new Envelope().enter(cursor, sample.protobuf());
    MessageTable table = FieldTables.get().message("meta.v1.WatchEvent").orElseThrow();
    assertThat(MAPPER.readTree(JsonForm.ofMessage(table, cursor))).isEqualTo(json(sample));
  }

  @ParameterizedTest
  @MethodSource("all")
  void jsonMadeFromProtobufIsTheJson(Samples.Sample sample) {
    Body body = body(sample.protobuf());
    if (body.encoding() instanceof Body.Encoding.Protobuf(var kind)) {
      assertThat(MAPPER.readTree(JsonForm.of(kind, body.bytes()))).isEqualTo(json(sample));
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyFieldIsWhatTheJsonSays(Samples.Sample sample) {
    check(body(sample.protobuf()), "", json(sample));
  }

  @ParameterizedTest
  @MethodSource("all")
  void whatTheJsonLeavesOutIsAbsent(Samples.Sample sample) {
    Body body = body(sample.protobuf());
    if (body.encoding() instanceof Body.Encoding.Protobuf(var kind)) {
      checkAbsent(body, "", json(sample), kind.message());
    }
  }

  @ParameterizedTest
  @MethodSource("full")
  void theRowIsThatOfTheJson(Samples.Sample sample) {
    if (!json(sample).path("metadata").has("name")) {
      return;
    }
    List<StoredObject> fromJson = new ArrayList<>();
    ListDecoder json = JsonCodec.INSTANCE.list(fromJson::add);
    String list = "{\"items\":[" + new String(sample.json(), StandardCharsets.UTF_8) + "]}";
    json.push(ByteBuffer.wrap(utf8(list)));
    json.end();

    var reader = new ProtobufObjectReader();
    Body whole = body(sample.protobuf());
    reader.read(whole.bytes(), 0, whole.heldBytes());
    StoredObject fromProtobuf = reader.toStoredObject(whole.encoding());

    assertThat(fromProtobuf)
        .usingRecursiveComparison()
        .ignoringFields("body")
        .isEqualTo(fromJson.getFirst());
    JsonNode cut = MAPPER.readTree(fromJson.getFirst().body().bytes());
    assertThat(cut.path("metadata").has("managedFields")).isFalse();
    if (fromProtobuf.body().encoding() instanceof Body.Encoding.Protobuf(var kind)) {
      assertThat(MAPPER.readTree(JsonForm.of(kind, fromProtobuf.body().bytes()))).isEqualTo(cut);
    }
  }

  private static JsonNode json(Samples.Sample sample) {
    return MAPPER.readTree(sample.json());
  }

  private static Body body(byte[] protobuf) {
    Envelope envelope = new Envelope();
    Cursor cursor = new Cursor(protobuf);
    envelope.enter(cursor, protobuf);
    return Body.of(
        Arrays.copyOfRange(protobuf, cursor.place(), cursor.limit()),
        new Body.Encoding.Protobuf(envelope.known(0)));
  }

  private static void check(Body body, String path, JsonNode node) {
    if (!path.isEmpty()) {
      assertThat(asTree(Codec.field(body, FieldPath.of(path)), node))
          .as(path)
          .isEqualTo(node.isNull() ? null : node);
    }
    if (node.isObject()) {
      for (var member : node.properties()) {
        check(body, path + "['" + member.getKey() + "']", member.getValue());
      }
    }
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      check(body, path + "[" + i + "]", node.get(i));
    }
  }

  private static void checkAbsent(Body body, String path, JsonNode node, MessageTable table) {
    for (Field field : table.fields()) {
      String inner = path + "['" + field.name() + "']";
      if (field.inlined()) {
        checkAbsent(body, path, node, field.messageOrThrow());
      } else if (!node.has(field.name())) {
        assertThat(Codec.field(body, FieldPath.of(inner))).as(inner).isNull();
      } else if (field.count() == Field.Count.ONE && node.get(field.name()).isObject()) {
        checkAbsent(body, inner, node.get(field.name()), field.messageOrThrow());
      }
    }
  }

  /** A text is a tree of its own; anything else must be JSON. */
  private static @Nullable JsonNode asTree(@Nullable String text, JsonNode like) {
    if (text == null) {
      return null;
    }
    return like.isString() ? MAPPER.getNodeFactory().stringNode(text) : MAPPER.readTree(text);
  }
}
