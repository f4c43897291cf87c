package dev.freshet.protobuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import dev.freshet.error.FreshetException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Cursor and tables read what protobuf-java reads with descriptors that protoc made from the
 * published .proto files, for every kind and messages of every shape.
 */
class ProtobufJavaTest {

  private static final int SHAPES = 20;
  private static final int DAMAGES = 50;

  private static final ProtocDescriptors DESCRIPTORS = new ProtocDescriptors();

  static List<KnownKind> kinds() {
    return FieldTables.get().kinds().stream()
        .sorted(Comparator.comparing(KnownKind::toString))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void everyValueIsTheSame(KnownKind kind) {
    RandomMessages messages = new RandomMessages(new Random(kind.toString().hashCode()));
    Descriptor type = DESCRIPTORS.message(kind.message().name());
    for (int i = 0; i < SHAPES; i++) {
      DynamicMessage message = messages.message(type);
      assertThat(ours(kind.message(), new Cursor(message.toByteArray())))
          .isEqualTo(theirs(message));
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void whatIsReadHereCanBeReadThere(KnownKind kind) {
    Random random = new Random(kind.toString().hashCode());
    Descriptor type = DESCRIPTORS.message(kind.message().name());
    byte[] sound = new RandomMessages(random).message(type).toByteArray();
    for (int i = 0; i < DAMAGES && sound.length > 0; i++) {
      byte[] damaged = sound.clone();
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      try {
        ours(kind.message(), new Cursor(damaged));
      } catch (FreshetException refused) {
        continue;
      }
      assertThatCode(() -> DynamicMessage.parseFrom(type, damaged)).doesNotThrowAnyException();
    }
  }

  @Test
  void everyFieldOfEveryMessageIsKnownHere() {
    Map<MessageTable, Descriptor> seen = new TreeMap<>(Comparator.comparing(MessageTable::name));
    for (KnownKind kind : kinds()) {
      compare(kind.message(), DESCRIPTORS.message(kind.message().name()), seen);
    }
    assertThat(seen).hasSizeGreaterThan(1000);
  }

  private static void compare(
      MessageTable table, Descriptor type, Map<MessageTable, Descriptor> seen) {
    if (seen.putIfAbsent(table, type) != null) {
      return;
    }
    assertThat(type.getFullName()).endsWith("." + table.name());
    assertThat(table.fields()).as(table.name()).hasSameSizeAs(type.getFields());
    for (Field field : table.fields()) {
      FieldDescriptor theirs = type.findFieldByNumber(field.number());
      assertThat(field.count() != Field.Count.ONE).isEqualTo(theirs.isRepeated());
      assertThat(field.count() == Field.Count.MAP).isEqualTo(theirs.isMapField());
      FieldDescriptor value =
          theirs.isMapField() ? theirs.getMessageType().findFieldByNumber(2) : theirs;
      if (field.message() != null) {
        compare(field.messageOrThrow(), value.getMessageType(), seen);
      }
    }
  }

  /** Values by field number, read by the tables; maps as the entries that they are. */
  private static Map<Integer, List<Object>> ours(MessageTable table, Cursor cursor) {
    Map<Integer, List<Object>> values = new TreeMap<>();
    while (cursor.next()) {
      Field field = table.byNumber(cursor.number());
      if (field == null) {
        cursor.skip();
        continue;
      }
      Object value = field.count() == Field.Count.MAP ? entry(field, cursor) : one(field, cursor);
      values.computeIfAbsent(field.number(), unused -> new ArrayList<>()).add(value);
    }
    return values;
  }

  private static Map<Integer, List<Object>> entry(Field field, Cursor cursor) {
    Map<Integer, List<Object>> values = new TreeMap<>();
    int outer = cursor.enter();
    while (cursor.next()) {
      switch (cursor.number()) {
        case 1 -> values.put(1, List.of(cursor.string()));
        case 2 -> values.put(2, List.of(one(field, cursor)));
        default -> cursor.skip();
      }
    }
    cursor.leave(outer);
    return values;
  }

  private static Object one(Field field, Cursor cursor) {
    return switch (field.type()) {
      case STRING -> cursor.string();
      case BOOL -> cursor.bool();
      case INTEGER -> cursor.integer();
      case DOUBLE -> cursor.float64();
      case BYTES -> ByteString.copyFrom(cursor.bytes());
      case MESSAGE -> {
        int outer = cursor.enter();
        Map<Integer, List<Object>> inner = ours(field.messageOrThrow(), cursor);
        cursor.leave(outer);
        yield inner;
      }
    };
  }

  private static Map<Integer, List<Object>> theirs(Message message) {
    Map<Integer, List<Object>> values = new TreeMap<>();
    message
        .getAllFields()
        .forEach(
            (field, value) -> {
              List<?> all = field.isRepeated() ? (List<?>) value : List.of(value);
              values.put(
                  field.getNumber(), all.stream().map(ProtobufJavaTest::theirValue).toList());
            });
    return values;
  }

  private static Object theirValue(Object value) {
    return switch (value) {
      case Message message -> theirs(message);
      case Integer number -> number.longValue();
      default -> value;
    };
  }
}
