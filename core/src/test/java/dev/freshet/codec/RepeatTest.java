package dev.freshet.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RepeatTest {

  private final Repeat<String> repeat = new Repeat<>();

  @Test
  void theSameBytesGiveWhatWasReadBefore() {
    keep("app=web", "read");
    assertThat(find("app=web")).isEqualTo("read");
  }

  @Test
  void otherBytesGiveNothing() {
    keep("app=web", "read");
    assertThat(find("app=dab")).isNull();
    assertThat(find("app=we")).isNull();
    assertThat(find("app=web2")).isNull();
  }

  @Test
  void onlyTheLastIsKept() {
    keep("app=web", "first");
    keep("app=job", "second");
    assertThat(find("app=web")).isNull();
    assertThat(find("app=job")).isEqualTo("second");
  }

  @Test
  void aPartThatIsTooLongIsNotKeptNorMistakenForTheOneBefore() {
    keep("app=web", "first");
    keep("x".repeat(10_000), "long");
    assertThat(find("x".repeat(10_000))).isNull();
    assertThat(find("app=web")).isNull();
  }

  @Test
  void nothingWasReadBeforeTheFirst() {
    assertThat(find("")).isNull();
  }

  private @Nullable String find(String part) {
    byte[] bytes = ("head " + part + " tail").getBytes(UTF_8);
    return repeat.find(bytes, 5, 5 + part.length());
  }

  private void keep(String part, String read) {
    byte[] bytes = ("head " + part + " tail").getBytes(UTF_8);
    repeat.keep(bytes, 5, 5 + part.length(), read);
  }
}
