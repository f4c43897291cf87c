package dev.freshet.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.error.MalformedResponseException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

class SymbolsTest {

  private final Symbols symbols = new Symbols();

  @Test
  void equalTextsBecomeOne() {
    String first = read("worker");
    assertThat(read("worker")).isEqualTo("worker").isSameAs(first);
    assertThat(symbols.shared(new String("worker".toCharArray()))).isSameAs(first);
  }

  @Test
  void textsOfOneHashAreKeptApart() {
    // "Aa" and "BB" have the same hash code.
    String first = read("Aa");
    String second = read("BB");
    assertThat(read("Aa")).isEqualTo("Aa").isSameAs(first);
    assertThat(read("BB")).isEqualTo("BB").isSameAs(second);
  }

  @Test
  void thousandsOfTextsAreKept() {
    String first = read("text-0");
    for (int i = 1; i < Symbols.MAX_TEXTS / 2; i++) {
      read("text-" + i);
    }
    assertThat(read("text-0")).isSameAs(first);
  }

  @Test
  void beyondTheLimitItStartsAnew() {
    String first = read("text-0");
    for (int i = 1; i <= 2 * Symbols.MAX_TEXTS; i++) {
      read("text-" + i);
    }
    String anew = read("text-0");
    assertThat(anew).isEqualTo(first).isNotSameAs(first).isSameAs(read("text-0"));
  }

  @Test
  void aTextThatCollidesWithTooManyReplacesOne() {
    // All texts of n pairs, each "Aa" or "BB", have one hash code.
    List<String> colliding = new ArrayList<>();
    for (int i = 0; i <= Symbols.MAX_PROBES; i++) {
      String bits = String.format("%5s", Integer.toBinaryString(i)).replace(' ', '0');
      colliding.add(read(bits.replace("0", "Aa").replace("1", "BB")));
    }
    assertThat(read(colliding.getLast())).isSameAs(colliding.getLast());
    assertThat(read(colliding.getFirst())).isNotSameAs(colliding.getFirst());
  }

  @Test
  void longTextsAreNotKept() {
    String text = "x".repeat(Symbols.MAX_LENGTH + 1);
    assertThat(read(text)).isEqualTo(text).isNotSameAs(read(text));
  }

  @Test
  void textsOfTheGreatestLengthAreKept() {
    String text = "x".repeat(Symbols.MAX_LENGTH);
    assertThat(read(text)).isEqualTo(text).isSameAs(read(text));
  }

  @Test
  void equalBytesBecomeOneText() {
    for (int length = 0; length <= Symbols.MAX_LENGTH; length++) {
      byte[] text = "é".concat("kubernetes".repeat(30)).getBytes(UTF_8);
      byte[] elsewhere = new byte[length + 3];
      int cut = length == 1 ? 0 : length;
      System.arraycopy(text, 0, elsewhere, 3, cut);
      String first = symbols.text(text, 0, cut);
      assertThat(first).isEqualTo(new String(text, 0, cut, UTF_8));
      assertThat(symbols.text(elsewhere, 3, cut)).isSameAs(first);
    }
  }

  @Test
  void bytesThatDifferInOnePlaceAreKeptApart() {
    byte[] text = "app.kubernetes.io/name".getBytes(UTF_8);
    for (int i = 0; i < text.length; i++) {
      byte[] other = text.clone();
      other[i]++;
      symbols.text(text, 0, text.length);
      assertThat(symbols.text(other, 0, other.length)).isEqualTo(new String(other, UTF_8));
    }
    assertThat(symbols.text(text, 0, text.length)).isEqualTo("app.kubernetes.io/name");
  }

  @Test
  void bytesBeyondTheLimitStartAnew() {
    String first = readBytes("text-0");
    for (int i = 1; i <= 2 * Symbols.MAX_TEXTS; i++) {
      assertThat(readBytes("text-" + i)).isEqualTo("text-" + i);
    }
    String anew = readBytes("text-0");
    assertThat(anew).isEqualTo(first).isNotSameAs(first).isSameAs(readBytes("text-0"));
  }

  @Test
  void bytesThatAreNoUtf8AreRefusedEachTime() {
    byte[] broken = {'a', (byte) 0xC3};
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> symbols.text(broken, 0, broken.length))
          .isInstanceOf(MalformedResponseException.class);
    }
  }

  private String readBytes(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return symbols.text(bytes, 0, bytes.length);
  }

  private String read(String text) {
    try (JsonParser parser =
        new JsonFactory().createParser(ObjectReadContext.empty(), "\"" + text + "\"")) {
      parser.nextToken();
      return symbols.text(parser);
    }
  }
}
