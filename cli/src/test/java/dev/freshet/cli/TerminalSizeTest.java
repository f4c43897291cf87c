package dev.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalSizeTest {

  private static final TerminalSize USUAL = new TerminalSize(80, 24);

  @Test
  void sttyTellsRowsFirst() {
    assertThat(TerminalSize.parse("50 160\n")).contains(new TerminalSize(160, 50));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0 0\n", "24", "stty: standard input", "-1 80"})
  void whatIsNoSizeIsNone(String text) {
    assertThat(TerminalSize.parse(text)).isEmpty();
  }

  @Test
  void theEnvironmentMayNameOneOrBoth() {
    assertThat(TerminalSize.said(Map.of())).isEqualTo(USUAL);
    assertThat(TerminalSize.said(Map.of("COLUMNS", "160"))).isEqualTo(new TerminalSize(160, 24));
    assertThat(TerminalSize.said(Map.of("COLUMNS", "160", "LINES", "50")))
        .isEqualTo(new TerminalSize(160, 50));
    assertThat(TerminalSize.said(Map.of("COLUMNS", "many", "LINES", "x"))).isEqualTo(USUAL);
  }
}
