package dev.freshet.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UserAgentTest {

  @Test
  void namesTheCaller() {
    assertThat(UserAgent.of("freshet/0.1.0", "quota")).isEqualTo("freshet/0.1.0 (caller=quota)");
  }

  @Test
  void anUnnamedCallerAddsNothing() {
    assertThat(UserAgent.of("freshet/0.1.0", "")).isEqualTo("freshet/0.1.0");
  }

  @Test
  void whatWouldBreakTheHeaderIsReplaced() {
    assertThat(UserAgent.of("f", "a\r\nX: y(é)\\\uD83D\uDE00"))
        .isEqualTo("f (caller=a__X: y_____)");
  }

  @Test
  void aLongNameIsCut() {
    assertThat(UserAgent.of("f", "x".repeat(1000)))
        .isEqualTo("f (caller=" + "x".repeat(UserAgent.CALLER_MAX_CHARS) + ")");
  }
}
