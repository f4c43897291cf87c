package dev.freshet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.error.InvalidTokenException;
import dev.freshet.object.Namespaces;
import dev.freshet.object.ResourceVersion;
import dev.freshet.session.Demand;
import dev.freshet.session.Floor;
import dev.freshet.session.Floors;
import dev.freshet.session.TokenFloors;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class TokenTest {

  private static Token token(Consumer<Floors> seen) {
    Floors floors = new Floors();
    seen.accept(floors);
    return new Token(TokenFloors.of("uid:here", floors));
  }

  private static Token at(String collection, String namespace, String version) {
    return token(floors -> floors.raise(collection, namespace, floor(version)));
  }

  private static Floor floor(String version) {
    return Floor.at(new ResourceVersion(version), 1);
  }

  private static Demand demand(Token token, String collection) {
    return token.floors().demand(collection, Namespaces.all());
  }

  @Test
  void whatIsEncodedIsWhatIsParsed() {
    Token token =
        token(
            floors -> {
              floors.raise("pods", "a", floor("12"));
              floors.raise("pods", "", floor("340282366920938463463374607431768211455"));
              floors.markUnknown("jobs.batch", "b");
            });
    assertThat(Token.parse(token.encode())).isEqualTo(token);
    assertThat(token.encode()).matches("f1\\.[A-Za-z0-9_-]+");
    assertThat(token.toString())
        .isEqualTo(
            "cluster=uid:here jobs.batch[b]@strong"
                + " pods@340282366920938463463374607431768211455 pods[a]@12");
  }

  @Test
  void itTellsWhatItHoldsByCollectionAndNamespace() {
    Token token =
        token(
            floors -> {
              floors.raise("pods", "a", floor("12"));
              floors.markUnknown("jobs.batch", "b");
            });
    assertThat(token.seen())
        .containsExactly(
            new Token.Seen("jobs.batch", "b", Optional.empty()),
            new Token.Seen("pods", "a", Optional.of(new ResourceVersion("12"))));
    assertThat(token.isRestStrong()).isFalse();
  }

  @Test
  void everyTruncationIsRefused() {
    String text = at("pods", "a", "12").encode();
    for (int length = 0; length < text.length(); length++) {
      String cut = text.substring(0, length);
      assertThatThrownBy(() -> Token.parse(cut)).isInstanceOf(InvalidTokenException.class);
    }
  }

  @Test
  void everyChangedCharacterIsRefused() {
    String text = at("pods", "a", "12").encode();
    for (int i = 0; i < text.length() - 1; i++) {
      String changed =
          text.substring(0, i) + (text.charAt(i) == 'A' ? 'B' : 'A') + text.substring(i + 1);
      assertThatThrownBy(() -> Token.parse(changed)).isInstanceOf(InvalidTokenException.class);
    }
  }

  @Test
  void aRefusalSaysWhatIsWrong() {
    assertThatThrownBy(() -> Token.parse("hello")).hasMessageContaining("not a Freshet token");
    assertThatThrownBy(() -> Token.parse("f9.abcd")).hasMessageContaining("another version, f9");
    assertThatThrownBy(() -> Token.parse("f1.abcd")).hasMessageContaining("truncated");
    assertThatThrownBy(() -> Token.parse("f1." + "A".repeat(Token.MAX_LENGTH)))
        .hasMessageContaining(Token.MAX_LENGTH + "");
  }

  @Test
  void anAbsurdVersionIsRefused() {
    String absurd = at("pods", "a", "1".repeat(40)).encode();
    assertThatThrownBy(() -> Token.parse(absurd))
        .isInstanceOf(InvalidTokenException.class)
        .hasMessageContaining("no API server writes");
  }

  @Test
  void trailingBytesAreRefusedEvenWithARightChecksum() {
    byte[] bytes = Base64.getUrlDecoder().decode(at("pods", "a", "1").encode().substring(3));
    byte[] more = new byte[bytes.length + 4];
    System.arraycopy(bytes, 0, more, 0, bytes.length - 4);
    var sum = new java.util.zip.CRC32C();
    sum.update(more, 0, bytes.length);
    java.nio.ByteBuffer.wrap(more).putInt(bytes.length, (int) sum.getValue());
    String text = "f1." + Base64.getUrlEncoder().withoutPadding().encodeToString(more);
    assertThatThrownBy(() -> Token.parse(text)).isInstanceOf(InvalidTokenException.class);
  }

  @Test
  void bothTokensTogetherAskForTheLargerOfEach() {
    Token both = at("pods", "a", "12").and(at("pods", "a", "9")).and(at("jobs.batch", "", "7"));
    assertThat(both.toString()).isEqualTo("cluster=uid:here jobs.batch@7 pods[a]@12");
    assertThat(demand(both, "pods").wanted(1).text()).isEqualTo("12");
    assertThat(demand(both, "nodes").wanted(1).text()).isEmpty();
  }

  @Test
  void strongWinsOverAnyVersion() {
    Token unknown = token(floors -> floors.markUnknown("pods", "a"));
    assertThat(demand(unknown.and(at("pods", "a", "12")), "pods").needsServer()).isPresent();
    assertThat(demand(at("pods", "a", "12").and(unknown), "pods").needsServer()).isPresent();
    assertThat(unknown.floors().demand("pods", Namespaces.of("b")).needsServer()).isEmpty();
  }

  @Test
  void manyNamespacesBecomeOneFloorForAll() {
    Token many =
        token(
            floors -> {
              for (int i = 1; i <= 500; i++) {
                floors.raise("pods", "team-" + i, floor("" + i));
              }
              floors.raise("jobs.batch", "a", floor("3"));
            });
    Token parsed = Token.parse(many.encode());
    assertThat(many.encode()).hasSizeLessThanOrEqualTo(Token.MAX_LENGTH);
    assertThat(parsed.toString()).isEqualTo("cluster=uid:here jobs.batch@3 pods@500");
  }

  @Test
  void whatHasNoRoomIsReadStrongly() {
    Token many =
        token(
            floors -> {
              for (int i = 100; i < 300; i++) {
                floors.raise("things" + i + ".group-with-a-long-name.example", "a", floor("7"));
              }
            });
    Token parsed = Token.parse(many.encode());
    assertThat(many.encode()).hasSizeLessThanOrEqualTo(Token.MAX_LENGTH);
    assertThat(demand(parsed, "things100.group-with-a-long-name.example").needsServer()).isEmpty();
    assertThat(demand(parsed, "things299.group-with-a-long-name.example").needsServer())
        .isPresent();
    Token merged = parsed.and(at("things299.group-with-a-long-name.example", "a", "9"));
    assertThat(demand(merged, "things299.group-with-a-long-name.example").needsServer())
        .isPresent();
  }

  @Test
  void aSessionOfTooManyKindsReadsTheRestStrongly() {
    Floors floors = new Floors();
    for (int i = 0; i <= 200; i++) {
      floors.raise("kind" + i, "", floor("7"));
    }
    assertThat(floors.demand("kind0", Namespaces.all()).needsServer()).isEmpty();
    assertThat(floors.demand("kind200", Namespaces.all()).needsServer()).isPresent();
    assertThat(demand(new Token(TokenFloors.of("c", floors)), "any").needsServer()).isPresent();
  }
}
