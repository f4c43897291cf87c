package dev.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScreenTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  private String drawn() {
    String text = bytes.toString(StandardCharsets.UTF_8);
    bytes.reset();
    return text;
  }

  @Test
  void aFrameIsDrawnFromTheTopAndScrollsNothing() {
    try (Screen screen = Screen.take(out)) {
      drawn();
      screen.draw(List.of("a", "b"));
      assertThat(drawn()).isEqualTo("\033[H\033[Ka\r\n\033[Jb");
    }
  }

  @Test
  void everythingThatWasTakenIsGivenBackAndTheLastFrameStays() {
    try (Screen screen = Screen.take(out)) {
      assertThat(drawn()).isEqualTo("\033[?1049h\033[?25l\033[?7l");
      screen.draw(List.of("a", "b"));
      drawn();
    }
    assertThat(drawn()).isEqualTo("\033[?7h\033[?25h\033[?1049la\nb\n");
  }
}
