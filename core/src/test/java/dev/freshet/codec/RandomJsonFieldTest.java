package dev.freshet.codec;

import static dev.freshet.codec.PodJson.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.object.Body;
import dev.freshet.object.FieldPath;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every field of random documents, as Jackson's tree has it. */
class RandomJsonFieldTest {

  private static final JsonMapper MAPPER = JsonMapper.shared();
  private static final String CHARACTERS = "ab{}[],:\"\\/\n\t é😀\u0001\u2028";

  private Random random = new Random(0);

  @RepeatedTest(300)
  void everyPathReadsWhatTheTreeHolds(RepetitionInfo repetition) {
    random = new Random(repetition.getCurrentRepetition());
    String json = object(0);
    check(Body.of(utf8(json), Body.Encoding.JSON), "", MAPPER.readTree(json));
  }

  private void check(Body body, String path, JsonNode node) {
    if (!path.isEmpty()) {
      assertThat(asTheTreeSays(Codec.field(body, FieldPath.of(path)), node))
          .as("%s of %s", path, body)
          .isTrue();
    }
    for (var member : node.properties()) {
      check(body, path + "['" + member.getKey() + "']", member.getValue());
    }
    for (int i = 0; node.isArray() && i <= node.size(); i++) {
      check(body, path + "[" + i + "]", node.path(i));
    }
  }

  private static boolean asTheTreeSays(@Nullable String read, JsonNode node) {
    if (read == null) {
      return node.isNull() || node.isMissingNode();
    }
    if (node.isString()) {
      return read.equals(node.stringValue());
    }
    return MAPPER.readTree(read).equals(node);
  }

  private String value(int depth) {
    return switch (random.nextInt(depth > 4 ? 5 : 8)) {
      case 0 -> "null";
      case 1 -> String.valueOf(random.nextBoolean());
      case 2 -> String.valueOf(random.nextInt());
      case 3 -> "-0." + random.nextInt(1000) + "E+1";
      case 4 -> string();
      case 5 -> array(depth);
      default -> object(depth);
    };
  }

  private String object(int depth) {
    StringBuilder json = new StringBuilder("{").append(space());
    int members = random.nextInt(6);
    for (int i = 0; i < members; i++) {
      // Names differ by their last character, so that no two of one object are the same.
      String name = string();
      json.append(i > 0 ? "," : "").append(space());
      json.append(name, 0, name.length() - 1).append(i).append('"');
      json.append(space()).append(':').append(space()).append(value(depth + 1)).append(space());
    }
    return json.append('}').append(space()).toString();
  }

  private String array(int depth) {
    StringBuilder json = new StringBuilder("[").append(space());
    int elements = random.nextInt(4);
    for (int i = 0; i < elements; i++) {
      json.append(i > 0 ? "," : "").append(space()).append(value(depth + 1)).append(space());
    }
    return json.append(']').toString();
  }

  private String string() {
    StringBuilder json = new StringBuilder("\"");
    int length = random.nextInt(1 << random.nextInt(5));
    for (int i = 0; i < length; i++) {
      char c = CHARACTERS.charAt(random.nextInt(CHARACTERS.length()));
      if (Character.isSurrogate(c)) {
        // Half a pair is no text, so a character of two chars is written whole.
        json.append(random.nextBoolean() ? "😀" : "\\ud83d\\ude00");
      } else if (c < ' ' || c == '"' || c == '\\' || random.nextInt(8) == 0) {
        json.append("\\u%04x".formatted((int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }

  private String space() {
    return random.nextInt(4) == 0 ? " \n\t\r" : "";
  }
}
